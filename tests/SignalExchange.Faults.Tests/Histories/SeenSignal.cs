using SignalExchange.Contracts;

namespace SignalExchange.Faults.Tests.Histories;

/// <summary>A signal in an answer.</summary>
internal sealed record SeenSignal(string Owner, SignalId Signal, uint Revision);
