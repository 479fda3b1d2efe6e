using SignalExchange.Contracts;

namespace SignalExchange.Storage;

/// <summary>The stored state of one indicator.</summary>
/// <param name="Token">The indicator.</param>
/// <param name="Version">The sequence of the change that wrote it.</param>
/// <param name="State">The state, in the grains' encoding.</param>
public sealed record IndicatorRow(Token Token, long Version, ReadOnlyMemory<byte> State);
