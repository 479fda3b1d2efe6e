using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Checks;

/// <summary>The signals on one identifier that this member may read, its own withdrawn and expired ones among them.</summary>
/// <param name="Identifier">The identifier.</param>
/// <param name="Signals">The signals, oldest first; empty when there are none.</param>
public sealed record ReadResult(Identifier Identifier, IReadOnlyList<Signal> Signals);
