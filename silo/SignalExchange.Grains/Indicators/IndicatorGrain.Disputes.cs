using Google.Protobuf;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;

namespace SignalExchange.Grains.Indicators;

/// <summary>How a dispute reaches the signal that it is on.</summary>
internal sealed partial class IndicatorGrain
{
    private IDisputeBookGrain Disputes => GrainFactory.GetGrain<IDisputeBookGrain>(0);

    public async Task<DisputedSignal?> FindDisputable(
        Caller caller,
        byte[] signalId,
        long asOf,
        CancellationToken cancellationToken
    )
    {
        await CatchUp(asOf);
        if (MovedTo is { } moved)
        {
            return await At(moved).FindDisputable(caller, signalId, AsOf(moved), cancellationToken);
        }

        var now = clock.GetUtcNow();
        var found = Standing.FirstOrDefault(signal =>
            signal.SignalId.Span.SequenceEqual(signalId)
            && signal.Owner != caller.Member.Value
            && signal.StateAt(now) is SignalState.Active or SignalState.Quarantined
            && Visibility.CanSee(signal, caller)
        );
        return found is null
            ? null
            : new(found.Owner, found.Type, OwnToken(), found.Revision, found.ModifiedAt.ToDateTimeOffset());
    }

    public async Task<ItemError?> MarkDisputed(
        byte[] signalId,
        DisputeMark mark,
        long asOf,
        CancellationToken cancellationToken
    )
    {
        await CatchUp(asOf);
        if (MovedTo is { } moved)
        {
            // A dispute that was raised while the row moved: the move told the book of marks only, and this one comes after it.
            return await Disputes.Moved(signalId, moved.Token.ToByteArray())
                ?? await At(moved).MarkDisputed(signalId, mark, AsOf(moved), cancellationToken);
        }

        var step = DisputeMarks.Set(storage.State, Version, ByteString.CopyFrom(signalId), mark);
        return (await Apply(step))?.ToItemError();
    }

    /// <summary>Lets the ledger decide on a submission; a signal that comes back after it was withdrawn brings its disputes along.</summary>
    /// <remarks>
    /// The book is written before the signal: a crash in between leaves a dispute on a withdrawn signal, which whoever raised it can end, never a signal
    /// that got rid of it. The signal takes its mark from the book, so there is none that nobody could take off.
    /// </remarks>
    private async Task<SubmitResult> Answer(SubmitCommand command, Func<SubmitCommand, LedgerStep> decide)
    {
        var step = decide(command);
        if (step.Next is null || !IndicatorLedger.ComesBack(storage.State, command.Caller.Member, clock.GetUtcNow()))
        {
            return await Answer(step);
        }

        var back = await Disputes.Returned(step.SignalId.ToByteArray(), OwnToken());
        return back.Error is { } error
            ? new SubmitResult { Error = error }
            : await Answer(decide(command with { Standing = back.Mark }));
    }

    private byte[] OwnToken() => Convert.FromHexString(this.GetPrimaryKeyString());

    // The disputes' book finds a signal by the token that it knows: it must know the new one before the old one leads nowhere.
    private async Task<ItemError?> TellDisputesOfMove(byte[] token)
    {
        foreach (var signal in storage.State.Signals.Where(signal => signal.Disputed))
        {
            if (await Disputes.Moved(signal.SignalId.ToByteArray(), token) is { } refused)
            {
                return refused;
            }
        }

        return null;
    }
}
