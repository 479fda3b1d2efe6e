using SignalExchange.Tokens.Templates;

namespace SignalExchange.Tokens.Tests.Templates;

public sealed class SketchVectorTests
{
    public static TheoryData<int> Rows { get; } = [.. Enumerable.Range(0, SketchVector.All.Count)];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_gives_the_skeleton_that_it_says(int index)
    {
        var row = SketchVector.All[index];
        var explanation = AdExplanation.Of(row.Raw);

        Assert.Equal(row.Skeleton, explanation.Skeleton);
        Assert.Equal(row.Words, explanation.Words);
        Assert.Equal(row.Shingles, explanation.Shingles.Count);
        Assert.Equal(row.Refused, explanation.Refusal?.Code);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_row_gives_the_bands_or_the_refusal_that_it_says(int index)
    {
        var row = SketchVector.All[index];
        var result = AdSketch.From(row.Raw);

        Assert.Equal(row.Refused, result.Refusal?.Code);
        Assert.Equal(
            row.Bands,
            result.Sketch?.BandInputs.Select(band => Convert.ToHexStringLower(band.Canonical)).ToList()
        );
    }

    [Fact]
    public void There_are_rows_for_every_script_and_every_problem_of_a_short_text()
    {
        var refused = SketchVector.All.Select(row => row.Refused).OfType<string>().ToHashSet();
        var missing = Enum.GetValues<AdProblem>()
            .Except([AdProblem.None, AdProblem.TooLong])
            .Select(AdProblems.CodeOf)
            .Except(refused);

        Assert.Empty(missing);
        Assert.Contains(SketchVector.All, row => row.Skeleton.EnumerateRunes().Count() == 4_000);
        Assert.True(SketchVector.All.Count(row => row.Bands is { Count: AdSketch.Bands }) >= 20);
    }
}
