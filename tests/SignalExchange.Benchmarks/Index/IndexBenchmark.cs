using SignalExchange.Benchmarks.Compare;
using SignalExchange.Benchmarks.Harness;
using SignalExchange.Contracts;

namespace SignalExchange.Benchmarks.Index;

/// <summary>What a probe of the index costs, in time and memory, beside what the runtime's own collections would.</summary>
/// <remarks>
/// A time is that of one of many independent probes, one after the other on one core; what the processor does of the next
/// while it waits for the last is part of it. Every subject holds the same tokens and is asked for the same. A round asks
/// for the next tenth of a million tokens, which touch far more memory than a cache holds before they come again.
/// </remarks>
internal static class IndexBenchmark
{
    private const int Windows = 10;
    private const int Probes = 100_000;
    private const int BatchSize = 1_000;

    /// <summary>Runs it.</summary>
    /// <param name="count">The number of indicators.</param>
    public static Report Run(int count)
    {
        var tokens = TokenSet.Draw(count);
        var index = new LocalIndexSubject();
        IReadOnlyList<IProbeSubject> subjects = [index, .. Peers()];
        var sizes = subjects.SelectMany(subject => Fill(subject, tokens)).ToList();

        var (hits, misses) = (tokens.Pick(Windows * Probes), TokenSet.Draw(Windows * Probes));
        var checks = misses.Mix(hits, every: BatchSize);
        var times = Timing.Measure([.. subjects.SelectMany(subject => Cases(subject, hits, misses, checks))]);
        return Report.Of(
            $"index of {count} random tokens",
            [.. times, BesideWriter(index, misses), .. sizes, .. index.Memory]
        );
    }

    /// <summary>Measures probes and memory against the other collections, round by round.</summary>
    /// <param name="count">The number of indicators.</param>
    public static IReadOnlyList<RoundPair> Compare(int count)
    {
        var tokens = TokenSet.Draw(count);
        IProbeSubject[] subjects = [new LocalIndexSubject(), .. Peers()];
        var bytes = Array.ConvertAll(subjects, subject => Fill(subject, tokens).Last().Median);
        var misses = TokenSet.Draw(Windows * Probes);
        var checks = misses.Mix(tokens.Pick(Windows * Probes), every: BatchSize);
        var times = Timing.Sample([
            .. subjects.Select(it => new TimedCase(it.Name, Probes, round => CountOneByOne(it, misses, round), 0)),
            .. subjects.Select(it => new TimedCase(
                it.Name,
                Probes,
                round => CountInBatches(it, checks, round),
                Probes / BatchSize
            )),
        ]);
        return [.. Enumerable.Range(1, subjects.Length - 1).SelectMany(Pairs)];

        IEnumerable<RoundPair> Pairs(int peer)
        {
            yield return RoundPair.OfSamples(
                $"index, probe in batches of 1,000: {subjects[peer].Name}",
                "ns",
                times[subjects.Length],
                times[subjects.Length + peer],
                Target.AtMost(1.2)
            );
            yield return RoundPair.OfSamples(
                $"index, probe one by one: {subjects[peer].Name}",
                "ns",
                times[0],
                times[peer],
                Target.AtMost(1.2)
            );
            yield return new(
                $"index, memory an indicator: {subjects[peer].Name}",
                "bytes",
                [bytes[0]],
                [bytes[peer]],
                Target.AtMost(0.5)
            );
        }
    }

    private static IProbeSubject[] Peers() => [new HashSetSubject(), new DictionarySubject(), new FasterSubject()];

    private static IEnumerable<Measurement> Fill(IProbeSubject subject, TokenSet tokens)
    {
        var before = ReadResidentBytes();
        var nanoseconds = Timing.TimeOnce(() => subject.Fill(tokens));
        var bytes = ReadResidentBytes() - before;
        yield return Measurement.Once($"{subject.Name}, filling", "ns", nanoseconds / tokens.Count);
        yield return Measurement.Once($"{subject.Name}, memory of the process", "bytes", (double)bytes / tokens.Count);
    }

    // What the system counts, gaps and all, once the collector has given back what it can.
    private static long ReadResidentBytes()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return Environment.WorkingSet;
    }

    private static IEnumerable<TimedCase> Cases(IProbeSubject subject, TokenSet hits, TokenSet misses, TokenSet checks)
    {
        var hitsInChecks = Probes / BatchSize;
        yield return new($"{subject.Name}, miss", Probes, round => CountOneByOne(subject, misses, round), 0);
        yield return new($"{subject.Name}, hit", Probes, round => CountOneByOne(subject, hits, round), Probes);
        yield return new(
            $"{subject.Name}, checks one by one, 1 hit in 1,000",
            Probes,
            round => CountOneByOne(subject, checks, round),
            hitsInChecks
        );
        yield return new(
            $"{subject.Name}, checks in batches of 1,000, 1 hit each",
            Probes,
            round => CountInBatches(subject, checks, round),
            hitsInChecks
        );
    }

    private static Measurement BesideWriter(LocalIndexSubject index, TokenSet misses)
    {
        using var stop = new CancellationTokenSource();
        var writer = Task.Factory.StartNew(
            () => index.Churn(TokenSet.Draw(100_000), stop.Token),
            stop.Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        TimedCase[] cases =
        [
            new("LocalIndex, miss, beside a writer", Probes, round => CountOneByOne(index, misses, round), 0),
        ];
        var measurement = Timing.Measure(cases).Single();
        stop.Cancel();
        writer.Wait();
        return measurement;
    }

    private static long CountOneByOne(IProbeSubject subject, TokenSet tokens, int round)
    {
        var first = round % Windows * Probes;
        var hits = 0L;
        for (var i = first; i < first + Probes; i++)
        {
            hits += subject.Contains(tokens[i]) ? 1 : 0;
        }

        return hits;
    }

    private static long CountInBatches(IProbeSubject subject, TokenSet tokens, int round)
    {
        var first = round % Windows * Probes;
        var hits = 0L;
        for (var i = first; i < first + Probes; i += BatchSize)
        {
            hits += subject.CountHits(tokens.Packed.Slice(i * Token.Size, BatchSize * Token.Size));
        }

        return hits;
    }
}
