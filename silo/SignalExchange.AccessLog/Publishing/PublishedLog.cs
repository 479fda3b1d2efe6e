using SignalExchange.AccessLog.Formats;
using SignalExchange.Storage.AccessLog;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>What the publisher has made so far, for those who read it.</summary>
/// <param name="lease">The right to write the log.</param>
/// <param name="tree">The tree; the publisher makes it grow.</param>
internal sealed class PublishedLog(AccessLogLease lease, LogTree tree)
{
    private readonly Queue<string> _outgrown = new();
    private long _bundles = tree.Size / LogPaths.TileWidth;

    /// <summary>Gets the right to write the log.</summary>
    public AccessLogLease Lease => lease;

    /// <summary>Gets the tree.</summary>
    public LogTree Tree => tree;

    /// <summary>Gets how many full bundles are on stable storage, with all their tiles. Safe from any thread.</summary>
    public long Bundles => Interlocked.Read(ref _bundles);

    /// <summary>Notes that a full tile or bundle is on stable storage.</summary>
    public void NoteWritten(Resource resource)
    {
        tree.NoteWritten(resource.Path);
        _outgrown.Enqueue(resource.Path);
    }

    /// <summary>Notes that all that is full is on stable storage.</summary>
    public void NoteAllWritten() => Interlocked.Exchange(ref _bundles, tree.Size / LogPaths.TileWidth);

    /// <summary>Takes the full tiles and bundles whose partial forms nobody needs any more.</summary>
    public IEnumerable<string> TakeOutgrown()
    {
        while (_outgrown.TryDequeue(out var path))
        {
            yield return path;
        }
    }
}
