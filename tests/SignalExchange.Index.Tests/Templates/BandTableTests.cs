using CsCheck;
using SignalExchange.Index.Templates;

namespace SignalExchange.Index.Tests.Templates;

public sealed class BandTableTests
{
    [Fact]
    public void A_table_is_a_list_of_numbers_a_fingerprint_whatever_they_are() =>
        Gen.Select(Gen.UInt[0, 40], Gen.UInt)
            .Select((small, any) => small < 20 ? small * 0x0CCCCCCC : any)
            .Array[0, 600]
            .Sample(
                fingerprints =>
                {
                    var (table, model) = (new BandTable(), new Dictionary<uint, List<uint>>());
                    foreach (var (number, fingerprint) in fingerprints.Index())
                    {
                        table.Add(fingerprint, (uint)number);
                        (model.TryGetValue(fingerprint, out var list) ? list : model[fingerprint] = []).Add(
                            (uint)number
                        );
                    }

                    return model.All(entry => Find(table, entry.Key).Order().SequenceEqual(entry.Value))
                        && Find(table, 0x1234_5678 ^ fingerprints.FirstOrDefault()).Count
                            == (
                                model.TryGetValue(0x1234_5678 ^ fingerprints.FirstOrDefault(), out var it)
                                    ? it.Count
                                    : 0
                            );
                },
                iter: 200
            );

    [Fact]
    public void What_is_not_kept_is_gone_and_its_memory_too()
    {
        var table = new BandTable();
        for (var number = 0u; number < 10_000; number++)
        {
            table.Add(number * 429_496, number);
        }

        var before = table.Bytes;
        table.Rebuild(number => number % 10 == 0);

        Assert.True(table.Bytes < before / 5, $"{table.Bytes} of {before}");
        for (var number = 0u; number < 10_000; number++)
        {
            Assert.Equal(number % 10 == 0 ? [number] : [], Find(table, number * 429_496));
        }
    }

    [Fact]
    public void An_entry_costs_10_and_a_half_bytes_at_most_from_a_thousand_on()
    {
        var table = new BandTable();
        for (var number = 0u; number < 300_000; number++)
        {
            table.Add(unchecked(number * 2_654_435_761), number);
            if (number > 1_000 && number % 997 == 0)
            {
                Assert.InRange((double)table.Bytes / number, 9.1, 10.5);
            }
        }
    }

    [Fact]
    public async Task Readers_find_what_was_there_before_they_began_while_the_table_grows_and_is_rebuilt()
    {
        var (table, isOver) = (new BandTable(), false);
        static uint FingerprintOf(uint number) => unchecked(number * 2_654_435_761);
        for (var number = 0u; number < 1_000; number++)
        {
            table.Add(FingerprintOf(number), number);
        }

        var missed = Task.Run(
            () =>
            {
                var misses = 0;
                for (var number = 0u; !Volatile.Read(ref isOver) || number < 1_000; number++)
                {
                    misses += Find(table, FingerprintOf(number % 1_000)).Contains(number % 1_000) ? 0 : 1;
                }

                return misses;
            },
            TestContext.Current.CancellationToken
        );
        for (var number = 1_000u; number < 60_000; number++)
        {
            table.Add(FingerprintOf(number), number);
        }

        table.Rebuild(number => number < 1_000);
        Volatile.Write(ref isOver, true);

        Assert.Equal(0, await missed);
    }

    private static List<uint> Find(BandTable table, uint fingerprint)
    {
        var numbers = new uint[1_000];
        return [.. numbers[..table.Find(fingerprint, numbers)]];
    }
}
