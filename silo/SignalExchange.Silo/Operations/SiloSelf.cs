using System.Reflection;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Audit;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Shards;
using SignalExchange.Index;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Health;
using SignalExchange.Silo.Load;
using SignalExchange.Storage;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.Silo.Operations;

/// <summary>How this silo does.</summary>
internal sealed class SiloSelf(
    IAccessLogReader log,
    IAccessLogHealth health,
    IOptions<AccessLogOptions> logOptions,
    LocalIndex index,
    ShardMap shards,
    CallGate gate,
    OpenCircuits pages,
    AuditMetrics audit,
    IStorageHealth storage,
    ShardMetrics writes,
    ReadinessCheck readiness,
    TimeProvider clock
)
{
    private static readonly string Version =
        typeof(SiloSelf).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "";

    // Valid since the start: options are.
    private readonly IReadOnlyList<VerifierKey> _witnesses =
    [
        .. logOptions.Value.Witnesses.Select(witness => VerifierKey.Parse(witness.VerifierKey)),
    ];

    private readonly Timestamp _startedAt = clock.GetUtcNow().ToTimestamp();

    /// <summary>Gets the silo's name: the origin of its log.</summary>
    public string Origin => log.Origin;

    /// <summary>Returns how it does now.</summary>
    public SiloStanding Status()
    {
        var standing = health.Current;
        var status = new SiloStanding
        {
            Origin = log.Origin,
            Version = Version,
            StartedAt = _startedAt,
            Condition = readiness.Condition,
            Indicators = (ulong)index.Count,
            IndexBytes = (ulong)index.MemoryBytes,
            StaleShards = (uint)shards.All.Count(shard => !index.IsCurrent(shard)),
            Shards = (uint)shards.Count,
            WaitingCalls = (uint)gate.Waiting,
            OpenPages = (uint)pages.Count,
            LogHead = (ulong)standing.HeadSize,
            LogPublished = (ulong)standing.PublishedSize,
            LogIsWritable = standing.IsWritable,
            LogIsPublishing = standing is { IsWritable: true, Reason: null },
            Witnesses = (uint)_witnesses.Count,
            RequiredWitnesses = (uint)logOptions.Value.RequiredWitnesses,
            MemoryBytes = (ulong)Environment.WorkingSet,
            LagChanges = (ulong)index.Lag,
            OpenAlarms = (uint)audit.OpenAlarms,
            WitnessStandings = { _witnesses.Select(StandingOf) },
        };
        AddStorage(status);
        return status;
    }

    private void AddStorage(SiloStanding status)
    {
        var standing = storage.Standing;
        status.StorageFails = !standing.IsWritable;
        status.WaitingWrites = (ulong)(writes.WaitingWrites + standing.WaitingWrites);
        if (standing.Bytes is { } bytes)
        {
            status.StorageBytes = (ulong)bytes;
        }

        if (standing.FreeBytes is { } free)
        {
            status.StorageFreeBytes = (ulong)Math.Max(0, free);
        }
    }

    private WitnessStanding StandingOf(VerifierKey witness) =>
        new() { VerifierKey = witness.ToString(), SignedAt = health.SignedAt(witness.Name, witness.Id)?.ToTimestamp() };
}
