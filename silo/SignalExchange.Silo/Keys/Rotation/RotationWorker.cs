using Google.Protobuf;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Rotation;
using SignalExchange.Grains.StoredV1;
using SignalExchange.KeyService;
using SignalExchange.Tokens;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>Works on a rotation until there is nothing to do now. Begun again anywhere, it goes on.</summary>
/// <remarks>
/// <list type="number">
/// <item>ORDERED: the new key is INCOMING; from the moment that a silo knows, it writes what is submitted under the newer name and leads there
/// from the older one (<see cref="Signals.SubmissionPairing"/>);</item>
/// <item>SETTLING: until every silo knows;</item>
/// <item>COPYING: what is stored is re-keyed and moves, row by row, each row at one moment; until a way through all shards finds nothing left;</item>
/// <item>READY: every silo comes to accept the new key; one more way through the shards; the root is written down; then, in one write of the key
/// service, the new key is in force and the old one retires;</item>
/// <item>OVERLAP: checks and withdrawals under old names are handed on; what a silo that was behind wrote under one is moved;</item>
/// <item>CLEARING: where old names led is forgotten, and then the old key destroyed, and with it the delta.</item>
/// </list>
/// </remarks>
internal sealed class RotationWorker(
    IGrainFactory grains,
    IKeyCustody keys,
    RotationCopy copy,
    RotationClearing clearing,
    RotationRecorder recorder,
    IOptions<RotationOptions> options,
    TimeProvider clock,
    ILogger<RotationWorker> logger
)
{
    private static readonly TimeSpan LongPause = TimeSpan.FromSeconds(15);

    // A silo process of its own: one that was killed never comes back under this name.
    private readonly string _holder = Convert.ToHexStringLower(
        System.Security.Cryptography.RandomNumberGenerator.GetBytes(8)
    );

    private TimeSpan SettleTime => 4 * options.Value.SilosFollowWithin;

    /// <summary>Works on a rotation.</summary>
    /// <returns>When to look again; null when it is finished.</returns>
    public async Task<TimeSpan?> Work(KeyRotationOrder order, CancellationToken cancellationToken)
    {
        var begun = new RotationProgress
        {
            ToKeyId = order.ToKeyId,
            Emergency = order.Emergency,
            OrderedAt = order.OrderedAt,
        };
        var grain = grains.GetGrain<IKeyRotationGrain>(order.ToKeyId);
        if (await grain.Read() is { Phase: RotationPhase.Finished })
        {
            return null;
        }

        if (await grain.Claim(_holder, begun) is not { } claim)
        {
            return options.Value.SilosFollowWithin;
        }

        var session = new RotationSession(grains, claim, clock);
        while (session.Progress.Phase != RotationPhase.Finished)
        {
            if (await Step(session, cancellationToken) is { } pause)
            {
                return pause;
            }
        }

        return null;
    }

    /// <summary>Does the next thing.</summary>
    /// <returns>Null when there is more to do at once.</returns>
    private Task<TimeSpan?> Step(RotationSession session, CancellationToken cancellationToken) =>
        session.Progress.Phase switch
        {
            RotationPhase.Ordered => Begin(session, cancellationToken),
            RotationPhase.Settling => Settle(session, cancellationToken),
            RotationPhase.Copying => Copy(session, cancellationToken),
            RotationPhase.Ready => Switch(session, cancellationToken),
            RotationPhase.Overlap => Overlap(session, cancellationToken),
            _ => Clear(session, cancellationToken),
        };

    private async Task<TimeSpan?> Begin(RotationSession session, CancellationToken cancellationToken)
    {
        if (session.Progress.Emergency)
        {
            await EndOverlapBefore(session, cancellationToken);
        }

        if (await keys.BeginAsync(session.To, cancellationToken) is { } refused)
        {
            if (refused.Reason != ErrorReason.RotationRunning)
            {
                RotationLog.Refused(logger, session.Progress.ToKeyId, refused.Reason);
            }

            return options.Value.SilosFollowWithin;
        }

        var key = (await keys.ListAsync(cancellationToken)).Single(it => it.KeyId == session.Progress.ToKeyId);
        session.Progress.FromKeyId = key.PrevKeyId;
        return await Enter(session, RotationPhase.Settling, cancellationToken);
    }

    private async Task<TimeSpan?> Settle(RotationSession session, CancellationToken cancellationToken) =>
        session.InPhase < SettleTime
            ? SettleTime - session.InPhase
            : await Enter(session, RotationPhase.Copying, cancellationToken);

    private async Task<TimeSpan?> Copy(RotationSession session, CancellationToken cancellationToken)
    {
        var pair = await PairOf(session, cancellationToken);
        while (await copy.GoThrough(session, pair, cancellationToken) > 0) { }

        await keys.CompleteAsync(session.To, cancellationToken);
        return await Enter(session, RotationPhase.Ready, cancellationToken);
    }

    private async Task<TimeSpan?> Switch(RotationSession session, CancellationToken cancellationToken)
    {
        if (session.InPhase < SettleTime)
        {
            return SettleTime - session.InPhase;
        }

        var progress = session.Progress;
        if (progress.Root.IsEmpty)
        {
            await copy.GoThrough(session, await PairOf(session, cancellationToken), cancellationToken);
            progress.Root = ByteString.CopyFrom((await grains.RootOf(progress, cancellationToken)).ToArray());
            await session.Save(); // From here on the root stands: a switch that is begun again has the same.
        }

        var overlap = progress.Emergency ? TimeSpan.Zero : options.Value.CheckOverlap;
        await keys.SwitchAsync(session.To, progress.Root.Memory, overlap, cancellationToken);
        return await Enter(session, RotationPhase.Overlap, cancellationToken);
    }

    private async Task<TimeSpan?> Overlap(RotationSession session, CancellationToken cancellationToken)
    {
        await MoveStragglers(session, cancellationToken);

        // A silo that does not know yet that the overlap is over still hands on.
        var from = (await keys.ListAsync(cancellationToken)).Single(it => it.KeyId == session.Progress.FromKeyId);
        var rest = from.ChecksUntil.ToDateTimeOffset() + SettleTime - clock.GetUtcNow();
        if (rest > TimeSpan.Zero)
        {
            return Shorter(rest, LongPause);
        }

        session.BeginWay();
        return await Enter(session, RotationPhase.Clearing, cancellationToken);
    }

    private async Task<TimeSpan?> Clear(RotationSession session, CancellationToken cancellationToken)
    {
        await clearing.GoThrough(session, cancellationToken);
        await clearing.ForgetBatchesBefore(session, cancellationToken);
        await keys.DestroyAsync(session.From, cancellationToken);
        return await Enter(session, RotationPhase.Finished, cancellationToken);
    }

    private async Task MoveStragglers(RotationSession session, CancellationToken cancellationToken)
    {
        var found = await copy.GoThrough(session, await PairOf(session, cancellationToken), cancellationToken);
        if (found > 0)
        {
            RotationLog.Stragglers(logger, session.Progress.ToKeyId, found);
        }
    }

    private async Task EndOverlapBefore(RotationSession session, CancellationToken cancellationToken)
    {
        var retiring = (await keys.ListAsync(cancellationToken)).FirstOrDefault(key =>
            key.Type == session.To.Type && key.State == KeyState.Retiring
        );
        if (retiring is not null)
        {
            await keys.EndOverlapAsync(IdOf(retiring), cancellationToken);
        }
    }

    private async Task<TimeSpan?> Enter(
        RotationSession session,
        RotationPhase phase,
        CancellationToken cancellationToken
    )
    {
        await recorder.Record(session.Progress, phase, cancellationToken);
        await session.Enter(phase);
        return null;
    }

    private async Task<RotationPair> PairOf(RotationSession session, CancellationToken cancellationToken)
    {
        var all = (await keys.ListAsync(cancellationToken)).ToDictionary(key => key.KeyId, StringComparer.Ordinal);
        return new(CommitmentOf(all[session.Progress.FromKeyId]), CommitmentOf(all[session.Progress.ToKeyId]));
    }

    private static KeyCommitment CommitmentOf(KeyManifest key) => new(IdOf(key), key.PublicKey.Memory);

    private static KeyId IdOf(KeyManifest key) =>
        KeyId.TryParse(key.KeyId, out var keyId) ? keyId : throw new FormatException("The key service named no key.");

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
