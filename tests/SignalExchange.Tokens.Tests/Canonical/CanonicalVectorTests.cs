using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens.Tests.Canonical;

public sealed class CanonicalVectorTests
{
    public static TheoryData<IndicatorType> Types => [.. IndicatorTypes.OfOneText];

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_row_gives_what_it_says(IndicatorType type)
    {
        var rows = CanonicalVector.Load(type);

        var wrong = rows.Select(row => (row, actual: row.Write(row.Read(type))))
            .Where(pair => pair.actual != pair.row.Expected)
            .Select(pair => $"{pair.row.Raw} [{pair.row.Note}]: expected {pair.row.Expected}, got {pair.actual}")
            .ToArray();

        Assert.True(wrong.Length == 0, string.Join('\n', wrong));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Every_row_expects_exactly_one_thing_and_there_are_enough_rows(IndicatorType type)
    {
        var rows = CanonicalVector.Load(type);

        Assert.All(
            rows,
            row => Assert.Single(new[] { row.Canonical, row.CanonicalHex, row.Refused }, value => value is not null)
        );
        Assert.True(rows.Count(row => row.Refused is null) >= 15, "accepted");
        Assert.True(rows.Count(row => row.Refused is not null) >= 10, "refused");
    }

    [Fact]
    public void Every_problem_of_a_text_has_a_row()
    {
        var seen = IndicatorTypes.OfOneText.SelectMany(CanonicalVector.Load).Select(row => row.Refused).ToHashSet();

        // The type is never wrong in a file that is named after it.
        var missing = Enum.GetValues<CanonicalProblem>()
            .Except([CanonicalProblem.None, CanonicalProblem.TypeUnknown, CanonicalProblem.TypeOfAds])
            .Where(problem => !seen.Contains(CanonicalProblems.CodeOf(problem)));

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Canonical_text_read_again_is_itself(IndicatorType type)
    {
        // A fingerprint's form is bytes, not a text to be read.
        var accepted = CanonicalVector.Load(type).Where(row => row.Canonical is not null);

        var changed = accepted
            .Select(row => (row, again: Again(type, row)))
            .Where(pair => pair.again != pair.row.Canonical)
            .Select(pair => $"{pair.row.Canonical} became {pair.again}")
            .ToArray();

        Assert.True(changed.Length == 0, string.Join('\n', changed));
    }

    private static string Again(IndicatorType type, CanonicalVector row)
    {
        var text = row.Canonical!;
        if (row.Namespace is null)
        {
            return row.Write(Identifier.Parse(type, text));
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return row.Write(Identifier.Parse(type, text[(colon + 1)..], text[..colon]));
    }
}
