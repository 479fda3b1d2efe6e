using CsCheck;
using SignalExchange.Index.Tables;

namespace SignalExchange.Index.Tests.Tables;

/// <summary>The table against a dictionary, on fingerprints as an enemy would like them.</summary>
public sealed class ShardTableModelTests
{
    private static readonly Gen<Fingerprint> Crowded = Gen.OneOf(
            Gen.ULong[0, 40], // all at home in the first line
            Gen.ULong[ulong.MaxValue - 40, ulong.MaxValue], // all in the last, the one that is not allowed among them
            Gen.ULong[1UL << 63, (1UL << 63) + 40], // all in one in the middle
            Gen.OneOf(Gen.Const(0UL), Gen.Const(ulong.MaxValue - 1), Gen.Const(ulong.MaxValue)),
            Gen.ULong
        )
        .Select(value => new Fingerprint(value));

    private static readonly Gen<uint> Summary = Gen.OneOf(
        Gen.Const(0u), // removes
        Gen.UInt[1, 10],
        Gen.Const(uint.MaxValue)
    );

    [Fact]
    public void Table_agrees_with_a_dictionary_after_every_change() =>
        Gen.Select(Crowded, Summary)
            .Array[0, 400]
            .Sample(changes =>
            {
                var (table, model) = (TestTables.Create(), new Dictionary<Fingerprint, uint>());
                foreach (var (fingerprint, summary) in changes)
                {
                    Set(table, model, fingerprint, summary);
                    Assert.Equal(summary, table.Find(fingerprint));
                }

                AssertAgrees(table, model, changes.Select(change => change.Item1));
            });

    [Fact]
    public void Sweep_removes_what_ended_and_nothing_else() =>
        Gen.Select(Gen.Select(Crowded, Gen.UInt[1, 10]).Array[0, 400], Gen.UInt[0, 11])
            .Sample(
                (entries, limit) =>
                {
                    var (table, model) = (TestTables.Create(), new Dictionary<Fingerprint, uint>());
                    foreach (var (fingerprint, summary) in entries)
                    {
                        Set(table, model, fingerprint, summary);
                    }

                    var ended = model.Where(entry => entry.Value <= limit).Select(entry => entry.Key).ToList();

                    Assert.Equal(ended.Count, table.RemoveUpTo(limit));

                    ended.ForEach(fingerprint => model.Remove(fingerprint));
                    AssertAgrees(table, model, entries.Select(entry => entry.Item1));
                }
            );

    [Fact]
    public void Thousands_with_the_same_home_are_all_found_and_cost_room_once()
    {
        var table = TestTables.Create();
        for (var i = 0UL; i < 2_000; i++)
        {
            table.Set(new(ulong.MaxValue - 1 - i), 7);
        }

        for (var i = 0UL; i < 2_000; i++)
        {
            Assert.Equal(7u, table.Find(new(ulong.MaxValue - 1 - i)));
        }

        Assert.Equal(0u, table.Find(new(ulong.MaxValue - 2_001)));
        Assert.InRange(table.Current.Bytes, 0, 2_000 * 48);
    }

    [Fact]
    public void Table_that_was_emptied_is_as_small_as_a_new_one()
    {
        var table = TestTables.Create();
        var fingerprints = Enumerable
            .Range(1, 20_000)
            .Select(i => new Fingerprint((ulong)i * 0x9E3779B97F4A7C15))
            .ToList();
        fingerprints.ForEach(fingerprint => table.Set(fingerprint, 1));

        fingerprints.ForEach(fingerprint => table.Set(fingerprint, 0));

        Assert.Equal(0, table.Current.Entries);
        Assert.Equal(TestTables.Create().Current.Bytes, table.Current.Bytes);
    }

    private static void Set(
        ShardTable table,
        Dictionary<Fingerprint, uint> model,
        Fingerprint fingerprint,
        uint summary
    )
    {
        table.Set(fingerprint, summary);
        if (summary == 0)
        {
            model.Remove(fingerprint);
        }
        else
        {
            model[fingerprint] = summary;
        }
    }

    private static void AssertAgrees(
        ShardTable table,
        Dictionary<Fingerprint, uint> model,
        IEnumerable<Fingerprint> everMentioned
    )
    {
        Assert.Equal(model.Count, table.Current.Entries);
        foreach (var fingerprint in everMentioned)
        {
            Assert.Equal(model.GetValueOrDefault(fingerprint), table.Find(fingerprint));
            var neighbour = new Fingerprint(unchecked(fingerprint.Value + 1));
            Assert.Equal(model.GetValueOrDefault(neighbour), table.Find(neighbour));
        }
    }
}
