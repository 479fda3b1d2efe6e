using System.Net;
using SignalExchange.Contracts.V1;
using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;
using SignalExchange.Faults.Tests.Load;
using SignalExchange.Faults.Tests.Rules;
using SignalExchange.TestKit;

namespace SignalExchange.Faults.Tests;

/// <summary>
/// A fault under load: members report and ask while it takes its course and until every silo takes changes again, then everything is
/// asked once more on every silo, and the checker decides about every call.
/// </summary>
internal sealed class Scenario(FaultySilos cluster)
{
    // What the settings of the cluster say (Exchange:Index:FreshnessLimit), and the time that a question may take to be sent.
    private static readonly TimeSpan FreshnessLimit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan PublishingLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PublishingPause = TimeSpan.FromMilliseconds(100);

    private const int Chunk = 400;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Runs a fault.</summary>
    /// <param name="course">What goes wrong while members call, and what heals again.</param>
    /// <param name="subjects">How many there are to report at most.</param>
    /// <param name="isPatient">Whether the members' clients try again for minutes.</param>
    /// <returns>The history, which breaks no rule.</returns>
    public async Task<History> RunAsync(Func<HistoryRecorder, Task> course, int subjects = 1500, bool isPatient = false)
    {
        await cluster.UntilReadyAsync();
        var (key, people) = await SubjectMaker.MakeAsync(
            cluster.Platforms[0].At(0, isPatient: true),
            subjects,
            cluster.Shards,
            Ct
        );
        var load = new Workload(cluster.Platforms, FaultySilos.Silos, key, people, isPatient);
        var before = await LogSizesAsync();
        var seed = (ulong)TimeProvider.System.GetTimestamp();
        await load.RunWhileAsync(
            async () =>
            {
                await course(load.Recorder);
                await UntilEverySiloWritesAsync(load.Recorder);
            },
            seed
        );
        var history = MakeHistory(load, people, await ReadAllAsync(load, seed));
        history = history with { AccessLogs = await ReadAccessLogsAsync(history, before) };
        Report(history, load.Recorder, seed);
        Assert.Empty(cluster.Strangers);
        AssertSound(history);
        return history;
    }

    // Silence breaks no rule, so it is looked for: each silo takes a change that a member began to say after the last heal. A silo may
    // hear only now that it was given up, and end.
    private async Task UntilEverySiloWritesAsync(HistoryRecorder recorder)
    {
        var healed = recorder.Now;
        await Eventually.ResultAsync(
            async () =>
            {
                await cluster.UntilReadyAsync();
                return recorder
                    .Writes.Where(write => write.IsChange && write.Time.Started > healed)
                    .Select(write => write.Silo)
                    .Distinct()
                    .Count();
            },
            silos => silos == FaultySilos.Silos,
            "a change that every silo takes after the last heal"
        );
    }

    // Asks until nothing was written meanwhile: what was under way when its caller gave up may be written after all.
    private async Task<IReadOnlyList<ShardRows>> ReadAllAsync(Workload load, ulong seed)
    {
        await cluster.UntilReadyAsync();
        var reader = new Reader(load, new Dice(99, seed));
        var logs = await cluster.ReadLogsAsync();
        while (true)
        {
            await ReadAllAsync(reader, load, logs.ToDictionary(log => log.Shard, log => log.Head));
            var after = await cluster.ReadLogsAsync();
            if (after.Select(log => (log.Shard, log.Head)).SequenceEqual(logs.Select(log => (log.Shard, log.Head))))
            {
                return after;
            }

            logs = after;
        }
    }

    // Each silo is asked about everybody, for an answer that takes the logs into account to their ends.
    private async Task ReadAllAsync(Reader reader, Workload load, Dictionary<int, ulong> heads)
    {
        foreach (var chunk in load.Touched.Chunk(Chunk))
        {
            List<Position> atLeast =
            [
                .. chunk
                    .Select(it => it.Shard)
                    .Distinct()
                    .Where(shard => heads.GetValueOrDefault(shard) > 0)
                    .Select(shard => new Position { Shard = (uint)shard, Sequence = heads[shard] }),
            ];
            for (var silo = 0; silo < load.Silos; silo++)
            {
                await Eventually.ResultAsync(
                    () => TryReadFinallyAsync(reader, silo, chunk, atLeast),
                    isRead => isRead,
                    $"a last answer of silo {silo}"
                );
            }
        }
    }

    // A silo that was given up while it stood still ends once it hears of that, which may be now; then it is started again.
    private async Task<bool> TryReadFinallyAsync(
        Reader reader,
        int silo,
        IReadOnlyList<Subject> subjects,
        IReadOnlyCollection<Position> atLeast
    )
    {
        var isRead = await reader.TryReadFinallyAsync(silo, subjects, atLeast);
        if (!isRead)
        {
            await cluster.UntilReadyAsync();
        }

        return isRead;
    }

    private static History MakeHistory(Workload load, IReadOnlyList<Subject> people, IReadOnlyList<ShardRows> logs) =>
        new()
        {
            Silos = FaultySilos.Silos,
            FreshnessLimit = FreshnessLimit,
            Shards = [.. people.Select(it => it.Shard)],
            Writes = [.. load.Recorder.Writes],
            Reads = [.. load.Recorder.Reads],
            Logs = logs,
            AccessLogs = [],
        };

    private static void Report(History history, HistoryRecorder recorder, ulong seed)
    {
        var fates = history
            .Writes.CountBy(write => write.Fate)
            .OrderBy(it => it.Key)
            .Select(it => $"{it.Value} {it.Key}");
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"Seed {seed}: writes {string.Join(", ", fates)}; {history.Reads.Count} reads answered, {recorder.FailedReads} not; {Redeliveries.Of(history.Writes)}."
        );
    }

    private static void AssertSound(History history)
    {
        var violations = HistoryChecker.Check(history);
        if (violations.Count > 0)
        {
            var file = Path.Combine(Path.GetTempPath(), $"signalexchange-history-{Environment.ProcessId}.txt");
            HistoryFile.Write(file, history);
            Assert.Fail(
                string.Join('\n', violations.Select(it => $"{it.Rule}: {it.What}").Append($"The history is in {file}."))
            );
        }
    }

    private async Task<long[]> LogSizesAsync()
    {
        var sizes = new long[FaultySilos.Silos];
        for (var silo = 0; silo < sizes.Length; silo++)
        {
            var (size, findings) = await VerifyLogAsync(silo);
            Assert.Empty(findings);
            sizes[silo] = size;
        }

        return sizes;
    }

    // Every log goes on from where it was before the fault. Entries are published a moment after their calls are answered, and by a silo that can write.
    private async Task<IReadOnlyList<LoggedCalls>> ReadAccessLogsAsync(History history, long[] before)
    {
        var logs = new List<LoggedCalls>();
        for (var silo = 0; silo < before.Length; silo++)
        {
            var (needed, began) = (before[silo] + history.AnsweredBy(silo), TimeProvider.System.GetTimestamp());
            var (size, findings) = await VerifyReadableLogAsync(silo);
            while (findings.Count == 0 && size < needed && TimeProvider.System.GetElapsedTime(began) < PublishingLimit)
            {
                await Task.Delay(PublishingPause, Ct);
                (size, findings) = await VerifyReadableLogAsync(silo);
            }

            Assert.Empty(findings);
            logs.Add(new(silo, before[silo], size));
        }

        return logs;
    }

    private Task<(long Size, IReadOnlyList<string> Findings)> VerifyLogAsync(int silo) =>
        cluster.AccessLogs.VerifyAsync(cluster.Addresses[silo].Tiles, FaultySilos.LogName(silo), Ct);

    // A silo whose connections to the storage broke with the fault says that it can't read now.
    private async Task<(long Size, IReadOnlyList<string> Findings)> VerifyReadableLogAsync(int silo)
    {
        try
        {
            return await VerifyLogAsync(silo);
        }
        catch (HttpRequestException failure) when (failure.StatusCode == HttpStatusCode.ServiceUnavailable)
        {
            return (-1, []);
        }
    }
}
