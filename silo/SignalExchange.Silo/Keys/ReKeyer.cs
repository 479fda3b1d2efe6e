using SignalExchange.Contracts;
using SignalExchange.KeyService;
using SignalExchange.Silo.Errors;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Rotation;

namespace SignalExchange.Silo.Keys;

/// <summary>Has elements re-keyed by the key service, which sees none of them, and verifies what it answers before anything is made of it.</summary>
/// <remarks>Safe from any thread. About half a millisecond of one core an element, on the pool's threads.</remarks>
internal sealed class ReKeyer(IKeyCustody keys)
{
    /// <summary>Re-keys any number of elements.</summary>
    /// <param name="from">Their key.</param>
    /// <param name="to">The other key of its pair.</param>
    /// <param name="elements">Valid elements.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>As many, in their order.</returns>
    /// <exception cref="Grpc.Core.RpcException">The key service refused, for a reason that passes.</exception>
    /// <exception cref="ProofInvalidException">Its answer does not fit the keys.</exception>
    public async Task<IReadOnlyList<byte[]>> ReKey(
        KeyCommitment from,
        KeyCommitment to,
        IReadOnlyList<ReadOnlyMemory<byte>> elements,
        CancellationToken cancellationToken
    )
    {
        var reKeyed = new List<byte[]>(elements.Count);
        foreach (var some in elements.Chunk(Limits.MaxEvaluateBatch))
        {
            reKeyed.AddRange((await ReKeyBatch(from, to, some, cancellationToken)).Elements);
        }

        return reKeyed;
    }

    /// <summary>Re-keys at most <see cref="Limits.MaxEvaluateBatch"/> elements, and keeps what proves it.</summary>
    public async Task<(byte[][] Elements, ReKeyedBatch Batch)> ReKeyBatch(
        KeyCommitment from,
        KeyCommitment to,
        IReadOnlyList<ReadOnlyMemory<byte>> elements,
        CancellationToken cancellationToken
    )
    {
        using var blinded = await Task.Run(() => BlindedElements.Blind(elements), cancellationToken);
        var outcome = await keys.ReKeyAsync(from.KeyId, to.KeyId, blinded.Packed, cancellationToken);
        Require.Nothing(outcome.Refusal);
        return await Task.Run(
            () => (blinded.Unblind(from, to, outcome.Evaluation!, out var batch), batch),
            cancellationToken
        );
    }
}
