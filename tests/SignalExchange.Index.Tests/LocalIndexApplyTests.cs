using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Index.Tests;

public sealed class LocalIndexApplyTests
{
    [Fact]
    public void Row_is_applied_up_to_its_last_sequence()
    {
        var index = TestRows.CreateIndex();

        Assert.True(index.Apply(TestRows.Row(1, 10, 20, 30)));

        Assert.Equal(3, index.AppliedSequence(TestRows.First));
        Assert.Equal(0, index.AppliedSequence(new(1)));
        AssertSummaries(index, 10, 20, 30, 0);
        Assert.Equal(3, index.Count);
    }

    [Fact]
    public void Row_applied_before_is_passed_over()
    {
        var (index, token) = (TestRows.CreateIndex(), TestTokens.Alike(7));
        Assert.True(index.Apply(TestRows.Row(1, token, 10)));
        Assert.True(index.Apply(TestRows.Row(2, token, 20)));

        Assert.True(index.Apply(TestRows.Row(1, token, 10)));

        Assert.Equal(20u, index.SummaryOf(7));
        Assert.Equal(2, index.AppliedSequence(TestRows.First));
    }

    [Fact]
    public void Row_behind_a_gap_changes_nothing()
    {
        var index = TestRows.CreateIndex();
        Assert.True(index.Apply(TestRows.Row(1, 10)));

        Assert.False(index.Apply(TestRows.Row(3, 30)));

        Assert.Equal(1, index.AppliedSequence(TestRows.First));
        Assert.Equal(0u, index.SummaryOf(3));
        Assert.Equal(1, index.Count);
    }

    [Fact]
    public void Of_a_row_applied_in_part_the_rest_is_applied()
    {
        var (index, token) = (TestRows.CreateIndex(), TestTokens.Alike(1));
        Assert.True(index.Apply(TestRows.Row(1, 10, 20)));
        Assert.True(index.Apply(TestRows.Row(3, token, 99)));

        Assert.True(index.Apply(TestRows.Row(1, 10, 20, 30, 40)));

        Assert.Equal(4, index.AppliedSequence(TestRows.First));
        AssertSummaries(index, 99, 20, 0, 40);
    }

    [Fact]
    public void Retraction_takes_effect_at_once()
    {
        var (index, token) = (TestRows.CreateIndex(), TestTokens.Alike(7));
        Assert.True(index.Apply(TestRows.Row(1, token, 10)));

        Assert.True(index.Apply(TestRows.Row(2, token, IndicatorSummary.NothingLive.Value)));

        Assert.False(index.TryFind(token, out _));
        Assert.Equal(0, index.Count);
    }

    [Fact]
    public void Row_with_a_token_of_another_shard_is_refused_whole()
    {
        var index = TestRows.CreateIndex();
        var elsewhere = new Token([.. Enumerable.Repeat((byte)0xFF, Token.Size)]);
        var row = new LogRow(TestRows.First, 1, 0, [.. TestRows.Row(1, 10).Changes, TestRows.Change(elsewhere, 10)]);

        var exception = Assert.Throws<ArgumentException>(() => index.Apply(row));

        Assert.Equal(0, index.AppliedSequence(TestRows.First));
        Assert.Equal(0, index.Count);
        Assert.DoesNotContain("FFFF", exception.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Throws<ArgumentException>(() => index.Apply(row with { Shard = new(2) }));
    }

    [Fact]
    public void Rows_in_any_order_cut_anyhow_and_repeated_lead_to_the_same_index() =>
        Gen.Select(
                Gen.Select(Gen.ULong[1, 20], Gen.UInt[0, 3]).Array[1, 60],
                Gen.Select(Gen.Int[1, 60], Gen.Int[1, 8]).Array[0, 60]
            )
            .Sample(
                (log, deliveries) =>
                {
                    var (index, model) = (TestRows.CreateIndex(), new Dictionary<ulong, uint>());
                    var changes = log.Select(change => TestRows.Change(TestTokens.Alike(change.Item1), change.Item2));
                    var all = new LogRow(TestRows.First, 1, 0, [.. changes]);

                    foreach (var (first, length) in deliveries)
                    {
                        var row = Cut(all, first, length);
                        var fits = row.FirstSequence <= index.AppliedSequence(TestRows.First) + 1;
                        Assert.Equal(fits, index.Apply(row));
                        AssertHolds(index, log.Take((int)index.AppliedSequence(TestRows.First)));
                    }

                    Assert.True(index.Apply(all));
                    AssertHolds(index, log);
                }
            );

    private static LogRow Cut(LogRow all, int first, int length)
    {
        var begin = Math.Min(first, all.Changes.Count);
        return new(TestRows.First, begin, 0, [.. all.Changes.Skip(begin - 1).Take(length)]);
    }

    private static void AssertSummaries(LocalIndex index, params uint[] expected) =>
        Assert.Equal(expected, Enumerable.Range(1, expected.Length).Select(i => index.SummaryOf(i)));

    private static void AssertHolds(LocalIndex index, IEnumerable<(ulong Number, uint Summary)> changes)
    {
        var model = new Dictionary<ulong, uint>();
        foreach (var (number, summary) in changes)
        {
            model[number] = summary;
        }

        Assert.Equal(model.Count(entry => entry.Value != 0), index.Count);
        Assert.All(model, entry => Assert.Equal(entry.Value, index.SummaryOf((long)entry.Key)));
    }
}
