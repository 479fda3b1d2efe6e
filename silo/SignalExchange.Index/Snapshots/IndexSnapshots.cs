using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using SignalExchange.Storage;
using SignalExchange.Storage.Snapshots;

namespace SignalExchange.Index.Snapshots;

/// <summary>The index's snapshots: taken up at a start, written now and then and at the end. None is ever needed.</summary>
/// <remarks>Safe from any thread; one writing waits for the other.</remarks>
internal sealed class IndexSnapshots(
    ISnapshotStore store,
    SnapshotLoader loader,
    SnapshotSaver saver,
    LocalIndex index,
    ShardMap shards,
    TimeProvider time,
    ILogger<IndexSnapshots> logger
) : IDisposable
{
    /// <summary>What the snapshot is called in its store.</summary>
    public const string Name = "index";

    private readonly SemaphoreSlim _writing = new(1);
    private long _changesWritten;

    /// <summary>Fills the index from the newest snapshot, if there is one that can be used.</summary>
    /// <exception cref="StorageUnavailableException">The storage cannot be asked whether it is that of the snapshot.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        try
        {
            if (await loader.LoadAsync(cancellationToken) is not { } directory)
            {
                logger.NoSnapshot();
                return;
            }

            _changesWritten = ChangesApplied;
            var elapsed = (long)time.GetElapsedTime(start).TotalMilliseconds;
            logger.Loaded(directory.WrittenAt, elapsed, index.Count, index.MemoryBytes);
        }
        // What of the file may be amiss; a storage that cannot be read keeps the silo from starting, with a snapshot or without.
        catch (Exception problem)
            when (problem
                    is SnapshotRefusedException
                        or CryptographicException
                        or IOException
                        or UnauthorizedAccessException
                        or FormatException
            )
        {
            logger.Refused(Describe(problem));
        }
    }

    /// <summary>Writes a snapshot, unless the newest one has every change already. A failure is logged, and changes nothing.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var changes = ChangesApplied;
            if (index.IsComplete && changes != _changesWritten)
            {
                await WriteAloneAsync(cancellationToken);
                _changesWritten = changes;
            }
        }
        // Whatever it was: the silo goes on without.
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            logger.NotWritten(exception);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private long ChangesApplied => shards.All.Sum(index.AppliedSequence);

    private async Task WriteAloneAsync(CancellationToken cancellationToken)
    {
        var (start, bytes) = (time.GetTimestamp(), 0L);
        await store.ReplaceAsync(
            Name,
            async (file, token) => bytes = await saver.WriteAsync(file, token),
            cancellationToken
        );
        logger.Written(bytes, (long)time.GetElapsedTime(start).TotalMilliseconds);
    }

    private static string Describe(Exception problem) =>
        problem switch
        {
            SnapshotRefusedException => problem.Message,
            CryptographicException => "it was altered, or sealed under another master key",
            EndOfStreamException => "it ends in the middle",
            IOException => $"it cannot be read ({problem.Message})",
            _ => $"it cannot be read ({problem.GetType().Name})",
        };
}
