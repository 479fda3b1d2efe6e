using SignalExchange.Contracts.Errors;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Disputes;

/// <summary>What a command comes to: a new book to write, an answer known already, or a refusal.</summary>
/// <param name="Next">The book to write; null when there is nothing to write.</param>
/// <param name="Record">The dispute concerned; null with a refusal, or where none is.</param>
/// <param name="Refusal">Why not.</param>
internal readonly record struct DisputeStep(DisputeBookState? Next, DisputeRecord? Record, Refusal? Refusal)
{
    public static DisputeStep Changed(DisputeBookState next, DisputeRecord record) => new(next, record, null);

    public static DisputeStep Known(DisputeRecord record) => new(null, record, null);

    public static DisputeStep Refused(Refusal refusal) => new(null, null, refusal);
}
