using System.Runtime.CompilerServices;
using SignalExchange.Grains.Rotation;
using SignalExchange.Grains.StoredV1;
using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>The batches of a rotation, in the order of their tree.</summary>
internal static class RotationBatches
{
    /// <summary>Finds a batch.</summary>
    public static IRotationBatchGrain BatchOf(this IGrainFactory grains, RotationProgress progress, ulong number)
    {
        var run = progress.Runs.Last(it => it.FirstBatch <= number);
        return grains.GetGrain<IRotationBatchGrain>($"{progress.ToKeyId}/{run.Fence}/{number}");
    }

    /// <summary>Reads all batches.</summary>
    public static async IAsyncEnumerable<byte[]> ReadAll(
        this IGrainFactory grains,
        RotationProgress progress,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        for (var number = 0UL; number < progress.Batches; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await grains.BatchOf(progress, number).Get();
        }
    }

    /// <summary>Computes the root: RFC 6962 over the batches as leaves.</summary>
    public static async Task<MerkleHash> RootOf(
        this IGrainFactory grains,
        RotationProgress progress,
        CancellationToken cancellationToken
    )
    {
        var frontier = new MerkleFrontier();
        await foreach (var batch in grains.ReadAll(progress, cancellationToken))
        {
            frontier.Append(MerkleHashing.HashLeaf(batch));
        }

        return frontier.Root;
    }
}
