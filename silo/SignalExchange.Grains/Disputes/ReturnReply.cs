using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Disputes;

/// <summary>The book's answer to a signal that comes back.</summary>
/// <param name="Error">Why the book could not be written; null when it was.</param>
/// <param name="Mark">What must stand on the signal; null with an error.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.dispute-return")]
public sealed record ReturnReply([property: Id(0)] ItemError? Error, [property: Id(1)] DisputeMark? Mark = null);
