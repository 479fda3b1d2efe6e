namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>Writes a log into a folder, for <see cref="FolderTileSource"/> and for web servers that serve files.</summary>
/// <param name="folder">The folder; made when it is not there.</param>
/// <remarks>
/// Every file is written beside its place, flushed and renamed, so a reader never sees a part of one and a loss of power never
/// leaves a part. For one writer; any number of readers.
/// </remarks>
public sealed class FolderTileStore(string folder)
{
    /// <summary>Writes tiles and bundles, in their order.</summary>
    /// <param name="changes">What <see cref="TileWriter.TakeChanges"/> and <see cref="BundleWriter.TakeChanges"/> gave.</param>
    public void Write(IEnumerable<TileChange> changes)
    {
        foreach (var change in changes)
        {
            var path = Path.Join(folder, change.Path.ToString());
            DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
            DurableFile.Write(path, change.Bytes.Span);
        }
    }

    /// <summary>Publishes a checkpoint. Its files must have been written.</summary>
    /// <param name="note">The signed note's bytes.</param>
    public void WriteCheckpoint(ReadOnlySpan<byte> note)
    {
        DurableFile.CreateFolder(folder);
        DurableFile.Write(Path.Join(folder, CheckpointFile.Name), note);
    }

    /// <summary>Removes partial files whose full one is there.</summary>
    /// <param name="changes">What was written: those among them that are full are looked at.</param>
    public void DropPartial(IEnumerable<TileChange> changes)
    {
        foreach (var path in changes.Select(change => change.Path).Where(path => !path.IsPartial))
        {
            var partial = Path.Join(folder, path + ".p");
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }
}
