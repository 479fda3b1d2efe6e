namespace SignalExchange.Tokens.Tests.Templates;

/// <summary>Ads that nobody posted.</summary>
internal static class SampleAds
{
    public const string Room =
        "Cosy sunny room to let near the old harbour, a short walk from the tram. The kitchen is shared with quiet students "
        + "and a friendly cat named Oliver. Rent includes heating, water and fast internet. We prefer someone who stays for "
        + "at least half a year and likes to cook together on Sundays. Write us a few lines about yourself and when you "
        + "would like to visit.";

    public const string EditedRoom =
        "Lovely room to let near the old harbour, a short walk from the bus. The kitchen is shared with quiet students and "
        + "a sleepy cat named Bella. Rent includes heating, water and internet. We prefer someone who stays for at least "
        + "a year and likes to cook together. Write us a few lines about yourself and when you would like to come.";

    public const string Bicycle =
        "Selling my touring bicycle because I am moving abroad. Steel frame, leather saddle, new brakes and tyres that have "
        + "seen one summer. It comes with panniers, a pump and the good lock. Try it on the quay any evening after work; "
        + "I would rather it went to a rider than to a collector, so the price depends on your plans with it.";
}
