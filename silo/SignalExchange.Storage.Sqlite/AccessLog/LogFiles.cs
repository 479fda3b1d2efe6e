using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Files;

namespace SignalExchange.Storage.Sqlite.AccessLog;

/// <summary>The logs' resources as files, in the layout of C2SP's tlog-tiles below a folder for each log.</summary>
/// <remarks>
/// Safe from any thread. The process has the folder to itself, so the epochs that it remembers are the last ones; a file is
/// written under the same lock as they are, so nothing of an older writer follows the taking of a lease.
/// </remarks>
internal sealed class LogFiles(string folder)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _epochs = [];

    /// <summary>Ends the rights of older leases.</summary>
    public void Admit(AccessLogLease lease)
    {
        lock (_lock)
        {
            _epochs[lease.Log] = Math.Max(lease.Epoch, _epochs.GetValueOrDefault(lease.Log));
        }
    }

    /// <summary>Reads a file; null when it is not there.</summary>
    public ReadOnlyMemory<byte>? Get(string log, string path)
    {
        try
        {
            return File.ReadAllBytes(FileOf(log, path));
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>Writes a file.</summary>
    public void Put(AccessLogLease lease, string path, ReadOnlyMemory<byte> content)
    {
        lock (_lock)
        {
            CheckHeld(lease);
            if (AccessLogPaths.IsImmutable(path) && Get(lease.Log, path) is { } stored)
            {
                if (!stored.Span.SequenceEqual(content.Span))
                {
                    throw AccessLogStoredWrongException.Differs(lease.Log, path, stored, content);
                }

                return;
            }

            Write(FileOf(lease.Log, path), content.Span);
        }
    }

    /// <summary>Deletes the partial forms of a full file.</summary>
    public void DeletePartials(AccessLogLease lease, string path)
    {
        lock (_lock)
        {
            CheckHeld(lease);
            var file = FileOf(lease.Log, path);
            if (!File.Exists(file))
            {
                throw new InvalidOperationException($"{path} is not there: its partial forms are still needed.");
            }

            try
            {
                if (Directory.Exists(file + ".p"))
                {
                    Directory.Delete(file + ".p", recursive: true);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                throw Unavailable(exception);
            }
        }
    }

    private string FileOf(string log, string path) => Path.Combine(folder, log, path);

    private void CheckHeld(AccessLogLease lease)
    {
        if (_epochs.GetValueOrDefault(lease.Log) != lease.Epoch)
        {
            throw new AccessLogFencedException(
                $"Another writer took log '{lease.Log}' after epoch {lease.Epoch}. Only the last one may write."
            );
        }
    }

    private void Write(string file, ReadOnlySpan<byte> content)
    {
        try
        {
            DurableFiles.CreateFolder(Path.GetDirectoryName(file)!);
            DurableFiles.Write(file, content);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Unavailable(exception);
        }
    }

    private StorageUnavailableException Unavailable(Exception exception) =>
        new(
            $"The files in {folder} can't be used. Free space on the disk; their owner must be the exchange's user.",
            exception
        );
}
