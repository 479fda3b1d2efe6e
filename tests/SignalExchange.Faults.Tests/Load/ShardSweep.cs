using SignalExchange.Client;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Submissions;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>A subject for every shard, so that a write to each shows that all are written to.</summary>
internal sealed class ShardSweep
{
    private const int Shards = 256;

    private readonly IReadOnlyList<Subject> _subjects;

    private ShardSweep(IReadOnlyList<Subject> subjects) => _subjects = subjects;

    /// <summary>Finds the subjects.</summary>
    public static async Task<ShardSweep> MakeAsync(ISignalExchangeClient client, CancellationToken cancellationToken)
    {
        // Of so many, every shard has one but once in a million times: 256 * (255/256)^5000.
        var (_, subjects) = await SubjectMaker.MakeAsync(client, 5000, new(), cancellationToken);
        var sweep = new ShardSweep([.. subjects.DistinctBy(it => it.Shard)]);
        Assert.Equal(Shards, sweep._subjects.Count);
        return sweep;
    }

    /// <summary>Writes to every shard until each has taken its write.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> RunAsync(ISignalExchangeClient client, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        var waiting = _subjects;
        while (waiting.Count > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            waiting = await SubmitAsync(client, waiting, cancellationToken);
        }

        return TimeProvider.System.GetElapsedTime(started);
    }

    private static async Task<IReadOnlyList<Subject>> SubmitAsync(
        ISignalExchangeClient client,
        IReadOnlyList<Subject> subjects,
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
