using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Shards;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Grains.Templates;
using SignalExchange.Storage;

namespace SignalExchange.Grains.Indicators;

/// <summary>Holds one indicator's state in memory, lets <see cref="IndicatorLedger"/> decide, and writes before it answers.</summary>
internal sealed partial class IndicatorGrain(
    [PersistentState("indicator", ShardGrainStorage.ProviderName)] IPersistentState<IndicatorState> storage,
    ShardMap shards,
    IMemberStanding standing,
    Attributions attributions,
    IOptions<GrowthOptions> growth,
    TimeProvider clock
) : Grain, IIndicatorGrain
{
    public async Task<SubmitResult> Submit(SubmitCommand command, CancellationToken cancellationToken)
    {
        await ReadIfAbsent(cancellationToken);
        if (MovedTo is { } moved)
        {
            var there = command with { KeyId = moved.KeyId, SealedElement = moved.SealedElement.ToByteArray() };
            return await At(moved).Submit(there, cancellationToken);
        }

        return await Answer(IndicatorLedger.Submit(storage.State, Version, command, clock.GetUtcNow()));
    }

    public async Task<SubmitResult> Register(RegisterCommand command, CancellationToken cancellationToken)
    {
        await ReadIfAbsent(cancellationToken);
        return await Answer(TemplateLedger.Register(storage.State, Version, command, clock.GetUtcNow()));
    }

    public async Task<SubmitResult> Grow(GrowCommand command, CancellationToken cancellationToken)
    {
        await ReadIfAbsent(cancellationToken);
        var now = clock.GetUtcNow();
        var heard = Standing
            .Where(signal => signal.IsLive(now) && Visibility.CanSee(signal, command.Submit.Caller))
            .Select(signal => signal.Owner)
            .ToHashSet(StringComparer.Ordinal);
        return await Answer(TemplateLedger.Grow(storage.State, Version, command, heard, growth.Value.ToLimits(), now));
    }

    public async Task<WithdrawResult> Withdraw(WithdrawCommand command, CancellationToken cancellationToken)
    {
        await ReadIfAbsent(cancellationToken);
        if (MovedTo is { } moved)
        {
            return await At(moved).Withdraw(command, cancellationToken);
        }

        var isDisputed = storage.State.Signals.Any(it => it.Disputed && it.Owner == command.Caller.Member.Value);
        var step = IndicatorLedger.Withdraw(storage.State, Version, command, clock.GetUtcNow());
        if (await Apply(step) is { } refusal)
        {
            return new WithdrawResult { Error = refusal.ToItemError() };
        }

        // Withdrawn it is, whatever the book says: what fails here leaves a dispute open that its raiser can end.
        if (isDisputed)
        {
            await Disputes.Withdrawn(step.SignalId.ToByteArray());
        }

        return new WithdrawResult
        {
            Accepted = new WithdrawAccepted
            {
                SignalId = step.SignalId,
                Revision = step.Revision,
                Position = PositionOf(step),
                AlreadyKnown = step.Next is null,
            },
        };
    }

    public async Task<TemplateAnswer?> Match(Caller caller, SketchMatch[] sketches, CancellationToken cancellationToken)
    {
        await ReadIfAbsent(cancellationToken);
        var template = storage.State.Template;
        var hits = sketches
            .Where(it => it.Sketch < template?.Sketches.Count)
            .Select(it => new SketchHit(template!.Sketches[it.Sketch].Owners, it.Strength));
        var strength = TemplateVerdictPolicy.StrengthFor(Standing, hits, caller, clock.GetUtcNow());
        return strength == MatchStrength.Unspecified || Fold(caller) is not { } verdict ? null : new(strength, verdict);
    }

    public async Task<Verdict?> Check(Caller caller, CancellationToken cancellationToken)
    {
        await ReadIfAbsent(cancellationToken);
        if (MovedTo is { } moved)
        {
            return await At(moved).Check(caller, cancellationToken);
        }

        return Fold(caller);
    }

    public async Task<GetResult?> Read(Caller caller, CancellationToken cancellationToken)
    {
        await ReadIfAbsent(cancellationToken);
        if (MovedTo is { } moved)
        {
            return await At(moved).Read(caller, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var visible = Standing
            .Where(signal =>
                signal.Owner == caller.Member.Value || (signal.IsLive(now) && Visibility.CanSee(signal, caller))
            )
            .Select(signal => attributions.Shown(Shown(signal, now), caller))
            .ToList();
        return visible.Count == 0 ? null : new GetResult { Signals = { visible } };
    }

    private Verdict? Fold(Caller caller)
    {
        var verdict = VerdictPolicy.Fold(Standing, caller, clock.GetUtcNow());
        for (var place = 0; place < verdict?.Signals.Count; place++)
        {
            verdict.Signals[place] = attributions.Shown(verdict.Signals[place], caller);
        }

        return verdict;
    }

    // A member that left with its signals is silent from that moment on, whatever was stored.
    private IEnumerable<Signal> Standing => storage.State.Signals.Where(signal => !standing.HasWithdrawn(signal.Owner));

    private long Version => ShardGrainStorage.VersionOf(storage.Etag);

    private Token Token => Token.FromKeyString(this.GetPrimaryKeyString());

    private async Task<SubmitResult> Answer(LedgerStep step) =>
        await Apply(step) is { } refusal
            ? new SubmitResult { Error = refusal.ToItemError() }
            : step.ToSubmitResult(PositionOf(step));

    /// <summary>Reads a state that was not there: its shard may have written it since (<see cref="IShardGrain.SubmitNew"/>).</summary>
    private Task ReadIfAbsent(CancellationToken cancellationToken) =>
        storage.RecordExists ? Task.CompletedTask : storage.ReadStateAsync(cancellationToken);

    /// <summary>Writes what the ledger decided. A write that began is awaited: a caller that went away changes nothing.</summary>
    private async Task<Refusal?> Apply(LedgerStep step) => step.Next is { } next ? await Write(next) : step.Refusal;

    private async Task<Refusal?> Write(IndicatorState next)
    {
        var before = storage.State;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync(CancellationToken.None);
            return null;
        }
        catch (StateWriteException failure)
        {
            storage.State = before;
            if (failure.LeavesStateUnknown)
            {
                // The next activation reads what is really there.
                DeactivateOnIdle();
            }

            return new Refusal(failure.Reason);
        }
    }

    private Position PositionOf(LedgerStep step) => PositionAt(step.Next is null ? step.Sequence : Version);

    private Position PositionAt(long sequence) =>
        new() { Shard = (uint)shards.ShardOf(Token).Number, Sequence = (ulong)sequence };

    private static Signal Shown(Signal signal, DateTimeOffset now)
    {
        var state = signal.StateAt(now);
        if (state == signal.State)
        {
            return signal;
        }

        var shown = signal.Clone();
        shown.State = state;
        return shown;
    }
}
