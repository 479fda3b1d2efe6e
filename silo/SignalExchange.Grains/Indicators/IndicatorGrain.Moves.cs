using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Indicators;

/// <summary>How an indicator goes from its name under one key to its name under another.</summary>
internal sealed partial class IndicatorGrain
{
    private MovedTo? MovedTo => storage.State.MovedTo;

    /// <remarks>
    /// The other name has everything before this one says so; no call of this grain runs in between, so nothing is said here and lost.
    /// </remarks>
    public async Task<ItemError?> Move(MoveCommand command, CancellationToken cancellationToken)
    {
        await CatchUp(asOf: 0);
        if (MovedTo is { } moved)
        {
            return await Cover(moved, command);
        }

        if (storage.State.KeyId.Length > 0 && storage.State.KeyId != command.FromKeyId)
        {
            return Broken();
        }

        foreach (var part in IndicatorMoves.PartsOf(storage.State))
        {
            var adopt = new AdoptCommand(command.KeyId, command.SealedElement, part.ToByteArray());
            if (await Named(command.Token).Adopt(adopt, cancellationToken) is { } refused)
            {
                return refused;
            }
        }

        return await TellDisputesOfMove(command.Token)
            ?? (await Write(IndicatorMoves.Moved(storage.State, command)))?.ToItemError();
    }

    public async Task<ItemError?> Adopt(AdoptCommand command, CancellationToken cancellationToken)
    {
        await CatchUp(asOf: 0);
        if (MovedTo is not null)
        {
            return Broken(); // Rotations follow one another; there is never a second step on the way.
        }

        var part = IndicatorPart.Parser.ParseFrom(command.Part);
        return IndicatorMoves.Adopt(storage.State, Version, command, part) is { } next
            ? (await Write(next))?.ToItemError()
            : null;
    }

    public async Task<ItemError?> Forget(CancellationToken cancellationToken)
    {
        await CatchUp(asOf: 0);
        if (MovedTo is null)
        {
            return null;
        }

        var refusal = await Write(IndicatorMoves.Forgotten());
        DeactivateOnIdle();
        return refusal?.ToItemError();
    }

    private async Task<ItemError?> Cover(MovedTo moved, MoveCommand command)
    {
        if (!moved.Token.Span.SequenceEqual(command.Token))
        {
            return Broken();
        }

        return command.ByRotation && !moved.ByRotation
            ? (await Write(IndicatorMoves.Covered(storage.State)))?.ToItemError()
            : null;
    }

    // One name leads to one other, and no element is of two keys: whoever says otherwise has swapped rows.
    private static ItemError Broken() => new Refusal(ErrorReason.Internal).ToItemError();

    private long AsOf(MovedTo moved) => stay.AppliedSequence(new Token(moved.Token.Span));

    private IIndicatorGrain At(MovedTo moved) => Named(moved.Token.Span);

    private IIndicatorGrain Named(ReadOnlySpan<byte> token) =>
        GrainFactory.GetGrain<IIndicatorGrain>(new Token(token).ToKeyString());
}
