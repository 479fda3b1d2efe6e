using System.Threading.Channels;
using Orleans.Concurrency;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>What is asked of one other silo: what comes in while a call is under way goes with the next, so none waits for company.</summary>
/// <remarks>Safe from any thread. Never waits longer than <paramref name="patience"/> for an answer.</remarks>
internal sealed class ReplayLine(IReplayService service, TimeSpan patience, TimeProvider clock, ILogger logger)
{
    private const int MaxWaiting = 16_384;
    private const int MaxInCall = 1_024;

    private readonly Channel<WaitingUse> _waiting = Channel.CreateBounded<WaitingUse>(MaxWaiting);
    private int _isAsking;

    /// <summary>Asks.</summary>
    /// <returns>The answer; NOT_READY when there is none in time, or too many wait.</returns>
    public async ValueTask<ErrorReason> Use(TokenUse use)
    {
        var waiting = new WaitingUse(use);
        if (!_waiting.Writer.TryWrite(waiting))
        {
            return ErrorReason.NotReady;
        }

        AskUnlessAsking();
        return await waiting.Answer;
    }

    private void AskUnlessAsking()
    {
        if (Interlocked.Exchange(ref _isAsking, 1) == 0)
        {
            _ = AskAll();
        }
    }

    private async Task AskAll()
    {
        var batch = new List<WaitingUse>();
        while (Fill(batch) || MustGoOn())
        {
            await Ask(batch);
            batch.Clear();
        }
    }

    private bool Fill(List<WaitingUse> batch)
    {
        while (batch.Count < MaxInCall && _waiting.Reader.TryRead(out var waiting))
        {
            batch.Add(waiting);
        }

        return batch.Count > 0;
    }

    // What came after the last look and before the flag fell has nobody else to ask for it.
    private bool MustGoOn()
    {
        Interlocked.Exchange(ref _isAsking, 0);
        return _waiting.Reader.Count > 0 && Interlocked.Exchange(ref _isAsking, 1) == 0;
    }

    private async Task Ask(List<WaitingUse> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        var answers = Enumerable.Repeat(ErrorReason.NotReady, batch.Count).ToArray();
        try
        {
            var uses = batch.Select(waiting => waiting.Use).ToArray().AsImmutable();
            answers = (await service.Use(uses).WaitAsync(patience, clock)).Value;
        }
        // Whatever it was: nobody vouches for these tokens. Retries sign new ones, for other silos as well.
        catch (Exception failure)
        {
            ReplayLog.NoAnswer(logger, failure, batch.Count);
        }

        for (var place = 0; place < batch.Count; place++)
        {
            batch[place].Complete(answers[place]);
        }
    }
}
