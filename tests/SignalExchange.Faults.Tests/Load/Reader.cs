using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests.Load;

/// <summary>Asks silos what they know, and takes down what they say.</summary>
internal sealed class Reader(Workload load, Dice dice)
{
    private const int Batch = 16;

    /// <summary>Asks until it is cancelled: any silo about any subjects.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var subjects = Enumerable.Range(0, Batch).Select(_ => load.AnySubject(dice)).Distinct().ToList();
            if (!await TryReadAsync(dice.Next(load.Silos), subjects, null))
            {
                load.Recorder.AddFailedRead();
            }

            await Task.Yield();
        }
    }

    /// <summary>Asks a silo for an answer at least as fresh as some positions, as its last word in a run.</summary>
    public Task<bool> TryReadFinallyAsync(
        int silo,
        IReadOnlyList<Subject> subjects,
        IReadOnlyCollection<Position> atLeast
    ) => TryReadAsync(silo, subjects, atLeast);

    private async Task<bool> TryReadAsync(
        int silo,
        IReadOnlyList<Subject> subjects,
        IReadOnlyCollection<Position>? atLeast
    )
    {
        var started = load.Recorder.Now;
        try
        {
            var results = await load.ClientOf(dice.Pick(load.Members), silo)
                .CheckTokensAsync(load.Key, [.. subjects.Select(it => it.Token)], CheckPurpose.Registration, atLeast);
            load.Recorder.Add(
                new Read(
                    silo,
                    new(started, load.Recorder.Now),
                    results[0].AsOf.ToDictionary(it => (int)it.Shard, it => it.Sequence),
                    [.. subjects.Zip(results, AnswerOf)],
                    IsFinal: atLeast is not null
                )
            );
            return true;
        }
        catch (SignalExchangeException)
        {
            return false;
        }
    }

    private static Answer AnswerOf(Subject subject, TokenCheckResult result) =>
        new(
            subject.Number,
            [
                .. (result.Verdict?.Signals ?? []).Select(signal => new SeenSignal(
                    signal.Owner,
                    SignalId.Read(signal.SignalId.Span),
                    signal.Revision
                )),
            ]
        );
}
