namespace SignalExchange.Faults.Tests.Network;

/// <summary>Both directions of a connection, from the side that opened it.</summary>
internal sealed record Link(Valve There, Valve Back);
