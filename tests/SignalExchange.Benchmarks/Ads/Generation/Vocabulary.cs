namespace SignalExchange.Benchmarks.Ads.Generation;

/// <summary>The words that generated ads are made of: rooms, work and things for sale, and nobody's.</summary>
internal static class Vocabulary
{
    public static IReadOnlyList<string> Nouns { get; } =
        Split(
            """
            room flat house garden balcony kitchen table chair lamp window door street station market harbour river bridge
            bicycle car engine battery charger screen camera lens guitar piano violin drum album poster book shelf ladder
            hammer toolbox workshop studio course lesson teacher student language exam holiday journey ticket luggage tent
            stove kettle oven recipe bakery bread cheese coffee orchard apple honey flower seed greenhouse tractor fence
            puppy kitten horse saddle stable farm village cottage cabin forest mountain lake beach island ferry sailboat
            winter summer evening weekend morning month season offer bargain delivery warranty invoice payment discount
            carpet curtain pillow blanket mattress wardrobe mirror painting frame statue clock watch jacket coat dress
            jumper boots gloves helmet racket skateboard scooter trailer caravan garage parking office printer keyboard
            monitor laptop tablet phone router cable antenna concert theatre museum festival parade orchestra choir
            volunteer neighbour family grandmother carpenter plumber electrician gardener painter driver cleaner cook
            """
        );

    public static IReadOnlyList<string> Verbs { get; } =
        Split(
            """
            offers needs wants includes fits holds carries brings keeps saves opens closes cleans paints repairs builds
            moves lends rents sells buys shows teaches learns cooks bakes grows plants waters feeds rides drives sails
            climbs crosses follows visits invites greets answers writes reads prints measures cuts sews washes dries
            polishes restores replaces upgrades connects protects covers warms cools lights records plays sings dances
            """
        );

    public static IReadOnlyList<string> Adjectives { get; } =
        Split(
            """
            quiet bright sunny spacious modern antique wooden leather woollen cotton heavy light small large narrow wide
            cheap valuable honest friendly patient careful experienced reliable punctual skilled local foreign northern
            southern famous hidden secret gentle strong soft rough smooth shiny dusty clean spotless broken complete
            original handmade electric folding portable waterproof seasonal weekly daily early late gorgeous lovely
            delicious fresh frozen organic simple elegant comfortable practical colourful silver golden crimson yellow
            """
        );

    public static IReadOnlyList<string> Links { get; } =
        Split("near behind beside above under without with before after during for from across beyond around through");

    public static IReadOnlyList<string> Names { get; } =
        Split(
            "Anna Boris Carla Dmitri Elena Farid Greta Hassan Ines Jonas Katya Liam Mira Nadia Otto Petra Quentin Rosa"
        );

    public static IReadOnlyList<string> Emoji { get; } = Split("🔥 ✨ 🌹 💯 🎁 ⭐ 👉 🍒 ❤ 😍 📞 💎 🙌 ✅");

    /// <summary>Gets what honest ads have in common.</summary>
    public static IReadOnlyList<string> Footers { get; } =
    [
        "Serious enquiries only, please send a message with your name and the time that suits you.",
        "No agents and no timewasters please. If this advert is still up then it is still available.",
        "Collection only, cash on collection. We are happy to answer any questions you may have.",
    ];

    private static string[] Split(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
