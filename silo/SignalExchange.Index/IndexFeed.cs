using SignalExchange.Storage;

namespace SignalExchange.Index;

/// <summary>Feeds commits to the index.</summary>
public sealed class IndexFeed(LocalIndex index) : ICommitObserver
{
    /// <inheritdoc/>
    public void OnCommitted(LogRow row) => index.Apply(row);
}
