using SignalExchange.Client;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>Writes to every shard until each has taken something.</summary>
internal static class ShardSweep
{
    private const int Shards = 256;

    /// <summary>Returns how long that took.</summary>
    public static async Task<TimeSpan> RunAsync(ISignalExchangeClient client, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        // Of so many, every shard has one but once in a hundred thousand times: 256 * (255/256)^5000.
        var (_, subjects) = await SubjectMaker.MakeAsync(client, 5000, cancellationToken);
        var waiting = subjects.DistinctBy(it => it.Shard).ToList();
        Assert.Equal(Shards, waiting.Count);
        while (waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            waiting = await SubmitAsync(client, waiting, cancellationToken);
        }

        return TimeProvider.System.GetElapsedTime(started);
    }

    private static async Task<List<Subject>> SubmitAsync(
        ISignalExchangeClient client,
        List<Subject> subjects,
        CancellationToken cancellationToken
    )
    {
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());
        try
        {
            var outcomes = await client.SubmitBatchAsync(
                [.. subjects.Select(it => new SignalSubmission(it.Identifier, statement))],
                cancellationToken
            );
            return [.. subjects.Where((_, place) => !outcomes[place].IsAccepted)];
        }
        catch (SignalExchangeException)
        {
            return subjects;
        }
    }
}
