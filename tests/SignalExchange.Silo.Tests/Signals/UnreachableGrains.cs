using SignalExchange.Contracts;
using SignalExchange.Storage;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>Makes calls to the grains of one shard fail, as they do while its silo is gone or stands still: the shard's own, and its indicators'.</summary>
internal sealed class UnreachableGrains(ShardMap shards) : IOutgoingGrainCallFilter
{
    private const string ShardType = "shard";
    private const string IndicatorType = "indicator";

    /// <summary>Gets or sets the shard; null for none.</summary>
    public Shard? Shard { get; set; }

    /// <summary>Gets or sets what the calls fail with.</summary>
    public Func<Exception> Failure { get; set; } = () => new TimeoutException("Response did not arrive on time.");

    /// <inheritdoc/>
    public Task Invoke(IOutgoingGrainCallContext context) =>
        Shard is { } shard && IsOf(shard, context.TargetId) ? throw Failure() : context.Invoke();

    private bool IsOf(Shard shard, GrainId grain) =>
        grain.Type.ToString() switch
        {
            ShardType => grain.GetIntegerKey() == shard.Number,
            IndicatorType => shards.ShardOf(Token.FromKeyString(grain.Key.ToString())) == shard,
            _ => false,
        };
}
