using SignalExchange.AccessLog.Publishing;

namespace SignalExchange.AccessLog.Tests;

/// <summary>What a test wants of its log.</summary>
internal sealed record LogSetup
{
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public long? MaxDatabaseBytes { get; init; }

    public IReadOnlyList<ICheckpointWitness> Witnesses { get; init; } = [];

    public Action<AccessLogOptions> Configure { get; init; } = _ => { };
}
