using SignalExchange.Contracts;

namespace SignalExchange.Storage;

/// <summary>One change of one indicator, as a shard's log holds it.</summary>
/// <param name="Token">The indicator.</param>
/// <param name="Summary">What the index keeps of it from now on.</param>
/// <param name="Detail">What happened, in the grains' encoding; at most 65,535 bytes, opaque here.</param>
public readonly record struct ShardChange(Token Token, IndicatorSummary Summary, ReadOnlyMemory<byte> Detail);
