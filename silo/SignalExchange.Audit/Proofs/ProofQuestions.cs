using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Proofs;

/// <summary>Which questions about proofs can be answered: those about sizes that a published checkpoint covers.</summary>
public static class ProofQuestions
{
    /// <summary>Checks a question about an entry.</summary>
    /// <param name="request">The question.</param>
    /// <param name="size">The log's size.</param>
    /// <param name="publishedSize">The size of the newest published checkpoint.</param>
    /// <returns>Why there is no proof; null when there is one.</returns>
    public static Refusal? Check(GetProofRequest request, long size, long publishedSize)
    {
        var index = (long)Math.Min(request.Index, long.MaxValue);
        return index >= size ? new(ErrorReason.EntryNotFound, "index", size, index)
            : index >= publishedSize ? new(ErrorReason.ProofNotYet, "index", publishedSize, index)
            : null;
    }

    /// <summary>Checks a question about two sizes.</summary>
    /// <param name="request">The question; a greater size of 0 means the published one.</param>
    /// <param name="publishedSize">The size of the newest published checkpoint.</param>
    /// <returns>Why there is no proof; null when there is one.</returns>
    public static Refusal? Check(GetConsistencyRequest request, long publishedSize)
    {
        var (from, to) = (
            (long)Math.Min(request.FromSize, long.MaxValue),
            (long)Math.Min(request.ToSize, long.MaxValue)
        );
        to = to == 0 ? publishedSize : to;
        return from == 0 ? new(ErrorReason.OutOfRange, "from_size", 1, 0)
            : to > publishedSize ? new(ErrorReason.ProofNotYet, "to_size", publishedSize, to)
            : from > to ? new(ErrorReason.OutOfRange, "from_size", to, from)
            : null;
    }
}
