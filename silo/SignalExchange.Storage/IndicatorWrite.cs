using SignalExchange.Contracts;

namespace SignalExchange.Storage;

/// <summary>A new state of one indicator, to be written in a commit.</summary>
/// <param name="Token">The indicator; at most once in a commit.</param>
/// <param name="ExpectedVersion">The version that the row has; 0 when there must be none.</param>
/// <param name="NewVersion">The sequence of the change, in the same commit, that makes this state.</param>
/// <param name="State">The state, in the grains' encoding.</param>
public sealed record IndicatorWrite(Token Token, long ExpectedVersion, long NewVersion, ReadOnlyMemory<byte> State);
