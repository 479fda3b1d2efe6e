using Microsoft.Extensions.Options;
using Orleans.Placement;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.Templates;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.Placement;
using SignalExchange.Grains.Shards;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Grains.Templates;

namespace SignalExchange.Grains.Indicators;

/// <summary>Holds one indicator's state in memory, lets <see cref="IndicatorLedger"/> decide, and writes before it answers.</summary>
/// <remarks>
/// Two activations of one indicator can be alive for a moment while a silo is dying or was declared dead by mistake. Writes are
/// fenced by the row's version; reads are held against what this silo has followed of the shard's log, see <see cref="ShardStay"/>.
/// </remarks>
[Immovable]
[ShardPlacement]
internal sealed partial class IndicatorGrain(
    [PersistentState("indicator", ShardGrainStorage.ProviderName)] IPersistentState<IndicatorState> storage,
    ShardStay stay,
    IMemberStanding standing,
    Attributions attributions,
    IOptions<GrowthOptions> growth,
    TimeProvider clock
) : Grain, IIndicatorGrain, IGrainMigrationParticipant
{
    void IGrainMigrationParticipant.OnDehydrate(IDehydrationContext dehydrationContext) { }

    // What the activation before this one remembered travels along, and may be behind; how far, nobody here can tell.
    void IGrainMigrationParticipant.OnRehydrate(IRehydrationContext rehydrationContext) => stay.DistrustState();

    public async Task<SubmitResult> Submit(SubmitCommand command, CancellationToken cancellationToken)
    {
        await CatchUp(command.AsOf);
        if (MovedTo is { } moved)
        {
            var there = command with
            {
                KeyId = moved.KeyId,
                SealedElement = moved.SealedElement.ToByteArray(),
                AsOf = AsOf(moved),
            };
            return await At(moved).Submit(there, cancellationToken);
        }

        return await Answer(
            command,
            submit => IndicatorLedger.Submit(storage.State, Version, submit, clock.GetUtcNow())
        );
    }

    public async Task<SubmitResult> Register(RegisterCommand command, CancellationToken cancellationToken)
    {
        await CatchUp(command.Submit.AsOf);
        return await Answer(
            command.Submit,
            submit =>
                TemplateLedger.Register(storage.State, Version, command with { Submit = submit }, clock.GetUtcNow())
        );
    }

    public async Task<SubmitResult> Grow(GrowCommand command, CancellationToken cancellationToken)
    {
        await CatchUp(command.Submit.AsOf);
        var now = clock.GetUtcNow();
        var heard = HeardBy(command.Submit.Caller, now);
        var limits = growth.Value.ToLimits();
        return await Answer(
            command.Submit,
            submit => TemplateLedger.Grow(storage.State, Version, command with { Submit = submit }, heard, limits, now)
        );
    }

    public async Task<WithdrawResult> Withdraw(WithdrawCommand command, CancellationToken cancellationToken)
    {
        await CatchUp(command.AsOf);
        if (MovedTo is { } moved)
        {
            return await At(moved).Withdraw(command with { AsOf = AsOf(moved) }, cancellationToken);
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

    public async Task<TemplateAnswer?> Match(
        Caller caller,
        SketchMatch[] sketches,
        int threshold,
        int strongBands,
        long asOf,
        CancellationToken cancellationToken
    )
    {
        await CatchUp(asOf);
        if (storage.State.Template is not { } template)
        {
            return null;
        }

        var now = clock.GetUtcNow();
        var least = Math.Max(threshold, TemplateLedger.AskedBy(template, HeardBy(caller, now).Contains));
        var hits = sketches
            .Where(it => it.Sketch < template.Sketches.Count)
            .Select(it => new SketchHit(
                template.Sketches[it.Sketch].Owners,
                MatchRule.Judge(it.AgreeingBands, least, strongBands)
            ));
        var strength = TemplateVerdictPolicy.StrengthFor(Standing, hits, caller, now);
        return strength == MatchStrength.Unspecified || Fold(caller) is not { } verdict ? null : new(strength, verdict);
    }

    public async Task<Verdict?> Check(Caller caller, long asOf, CancellationToken cancellationToken)
    {
        await CatchUp(asOf);
        if (MovedTo is { } moved)
        {
            return await At(moved).Check(caller, AsOf(moved), cancellationToken);
        }

        return Fold(caller);
    }

    public async Task<GetResult?> Read(Caller caller, long asOf, CancellationToken cancellationToken)
    {
        await CatchUp(asOf);
        if (MovedTo is { } moved)
        {
            return await At(moved).Read(caller, AsOf(moved), cancellationToken);
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

    private HashSet<string> HeardBy(Caller caller, DateTimeOffset now) =>
        Standing
            .Where(signal => signal.IsLive(now) && Visibility.CanSee(signal, caller))
            .Select(signal => signal.Owner)
            .ToHashSet(StringComparer.Ordinal);

    // A member that left with its signals is silent from that moment on, whatever was stored.
    private IEnumerable<Signal> Standing => storage.State.Signals.Where(signal => !standing.HasWithdrawn(signal.Owner));

    private long Version => ShardGrainStorage.VersionOf(storage.Etag);

    /// <summary>Makes sure that the state holds what the answer must know of, and leaves a silo that is the shard's home no longer.</summary>
    /// <remarks>A state that was not there is read again: its shard may have written it since (<see cref="IShardGrain.SubmitNew"/>).</remarks>
    private ValueTask CatchUp(long asOf)
    {
        if (stay.IsOver)
        {
            MigrateOnIdle();
        }

        if (!storage.RecordExists)
        {
            stay.DistrustState();
        }

        return stay.CatchUp(asOf, () => storage.ReadStateAsync(CancellationToken.None));
    }

    private async Task<SubmitResult> Answer(LedgerStep step) =>
        await Apply(step) is { } refusal
            ? new SubmitResult { Error = refusal.ToItemError() }
            : step.ToSubmitResult(PositionOf(step));

    /// <summary>Writes what the ledger decided. A write that began is awaited: a caller that went away changes nothing.</summary>
    private async Task<Refusal?> Apply(LedgerStep step) => step.Next is { } next ? await Write(next) : step.Refusal;

    private async Task<Refusal?> Write(IndicatorState next) =>
        await storage.TryReplace(next, StartAnew) is { } failure ? new Refusal(failure) : null;

    // The next activation reads what is really there, and so does each call before.
    private void StartAnew()
    {
        stay.DistrustState();
        DeactivateOnIdle();
    }

    private Position PositionOf(LedgerStep step) => PositionAt(step.Next is null ? step.Sequence : Version);

    private Position PositionAt(long sequence) => new() { Shard = (uint)stay.Shard.Number, Sequence = (ulong)sequence };

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
