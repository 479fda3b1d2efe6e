using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Builds the index before the silo joins.</summary>
public sealed class IndexStartup(LocalIndex index, IShardStore store) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <summary>Gets whether the index is complete.</summary>
    public bool IsReady { get; private set; }

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(
            nameof(IndexStartup),
            8050,
            async cancellationToken =>
            {
                foreach (var shard in store.Shards.All)
                {
                    await foreach (var row in store.ReadLogAsync(shard, 0, cancellationToken))
                    {
                        index.Apply(row);
                    }
                }

                IsReady = true;
            }
        );
}
