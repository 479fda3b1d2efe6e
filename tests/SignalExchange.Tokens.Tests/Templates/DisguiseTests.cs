using CsCheck;
using SignalExchange.TestKit.Templates;
using SignalExchange.Tokens.Templates;

namespace SignalExchange.Tokens.Tests.Templates;

/// <summary>What a reader doesn't see changes nothing.</summary>
public sealed class DisguiseTests
{
    private static readonly string Plain = AdExplanation.Of(SampleAds.Room).Skeleton;

    private static readonly (char Letter, string Stands)[] LookAlikes =
    [
        ('a', "аɑά@4"),
        ('c', "сϲⅽ"),
        ('d', "ԁđ"),
        ('e', "еε3é"),
        ('g', "ɡ9"),
        ('h', "һḥ"),
        ('i', "іıí"),
        ('k', "κк"),
        ('l', "ӏ1|"),
        ('n', "ոп"),
        ('o', "оοօ0ø"),
        ('p', "рρ"),
        ('r', "гʀ"),
        ('s', "ѕꜱ"),
        ('t', "τтᴛ"),
        ('u', "υս"),
        ('w', "ԝω"),
        ('y', "уγʏ"),
    ];

    [Theory]
    [InlineData("\u200B")]
    [InlineData("\u00AD")]
    [InlineData("\u0301")]
    [InlineData("\u0335")]
    [InlineData("\uFE0F")]
    [InlineData("\u202E")]
    [InlineData("\U000E0041")]
    public void Characters_that_are_not_seen_can_stand_anywhere(string unseen) =>
        Gen.Int[0, SampleAds.Room.Length]
            .Array[1, 60]
            .Sample(
                places =>
                    AdExplanation
                        .Of(
                            places
                                .OrderDescending()
                                .Aggregate(SampleAds.Room, (text, place) => text.Insert(place, unseen))
                        )
                        .Skeleton == Plain,
                iter: 200
            );

    [Fact]
    public void Letters_can_be_exchanged_for_look_alikes_one_by_one()
    {
        var changed =
            from pair in LookAlikes
            from stand in pair.Stands
            let text = ReplaceInside(pair.Letter, stand)
            where AdExplanation.Of(text).Skeleton != Plain
            select $"{pair.Letter} as {stand}";

        Assert.Empty(changed);
    }

    [Theory]
    [InlineData(0x1D400, 0x1D41A)]
    [InlineData(0x1D4D0, 0x1D4EA)]
    [InlineData(0x1D5D4, 0x1D5EE)]
    [InlineData(0xFF21, 0xFF41)]
    [InlineData(0x24B6, 0x24D0)]
    [InlineData(0x1F150, 0x1F150)]
    [InlineData(0x1F170, 0x1F170)]
    public void Alphabets_of_other_shape_are_read(int firstCapital, int firstSmall)
    {
        var fancy = string.Concat(
            SampleAds.Room.Select(c =>
                char.IsAsciiLetterUpper(c) ? char.ConvertFromUtf32(firstCapital + c - 'A')
                : char.IsAsciiLetterLower(c) ? char.ConvertFromUtf32(firstSmall + c - 'a')
                : $"{c}"
            )
        );

        Assert.Equal(Plain, AdExplanation.Of(fancy).Skeleton);
    }

    [Fact]
    public void Case_blanks_repeats_numbers_and_addresses_change_nothing()
    {
        string[] disguised =
        [
            SampleAds.Room.ToUpperInvariant(),
            SampleAds.Room.Replace(" ", "", StringComparison.Ordinal),
            string.Join(' ', SampleAds.Room.Where(char.IsLetter)),
            SampleAds.Room.Replace("o", "ooo", StringComparison.Ordinal),
            SampleAds.Room.Replace(". ", " 😀😀. 212-736-5000 $450! ", StringComparison.Ordinal),
            SampleAds.Room.Replace(". ", ". two one two. ", StringComparison.Ordinal),
            SampleAds
                .Room.Replace(
                    ". ",
                    ". see http://example.com/rooms?id=7 or www.example.org. ",
                    StringComparison.Ordinal
                )
                .Replace("see ", "", StringComparison.Ordinal)
                .Replace(" or ", " ", StringComparison.Ordinal),
            SampleAds.Room.Replace(". ", ". anna@example.com @rooms_by_anna bit.ly/r00m. ", StringComparison.Ordinal),
        ];

        Assert.All(disguised, text => Assert.Equal(Plain, AdExplanation.Of(text).Skeleton));
    }

    // A stand-in that is a sign or digit counts between letters only: at a word's end it is what it is.
    private static string ReplaceInside(char letter, char stand)
    {
        var text = SampleAds.Room.ToCharArray();
        for (var i = 1; i < text.Length - 1; i++)
        {
            if (text[i] == letter && char.IsLetter(text[i - 1]) && char.IsLetter(text[i + 1]))
            {
                text[i] = stand;
            }
        }

        return new string(text);
    }
}
