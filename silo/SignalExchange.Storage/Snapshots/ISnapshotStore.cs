namespace SignalExchange.Storage.Snapshots;

/// <summary>Where a silo keeps snapshots of what it has in memory, so that a start need not make it anew from the logs.</summary>
/// <remarks>
/// A snapshot is a shortcut and nothing more: each silo has its own, and loses only time when it is gone. Failures are
/// <see cref="IOException"/> and <see cref="UnauthorizedAccessException"/>. Safe from any thread.
/// </remarks>
public interface ISnapshotStore
{
    /// <summary>Opens the newest snapshot of a name; null when there is none.</summary>
    /// <param name="name">Lower-case letters and hyphens.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <returns>
    /// Readable asynchronously and seekable, the caller's to dispose. The same snapshot may be opened several times at once. One that is
    /// replaced while it is read is read on as it was, or fails; parts of two are never read.
    /// </returns>
    Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Writes a snapshot aside, and puts it in place of the one before when it is whole and on stable storage.</summary>
    /// <param name="name">Lower-case letters and hyphens.</param>
    /// <param name="write">Writes it, from its beginning to its end; when it fails, the snapshot before stays.</param>
    /// <param name="cancellationToken">Ends the writing; the snapshot before stays.</param>
    Task ReplaceAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);
}
