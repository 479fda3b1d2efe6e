using System.Buffers.Binary;

namespace SignalExchange.Storage.Archives.Files;

/// <summary>The file of a backup.</summary>
/// <param name="path">The file.</param>
public sealed class BackupFileSource(string path) : IArchiveSource
{
    /// <inheritdoc/>
    public async Task<IArchive> OpenAsync(CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        try
        {
            var header = new byte[BackupFormat.HeaderBytes];
            var read = await file.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
            Check(header.AsSpan(0, read));
            return new BackupFileArchive(file, path, header);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private void Check(ReadOnlySpan<byte> header)
    {
        if (header.Length < BackupFormat.HeaderBytes || !header.StartsWith(BackupFormat.Beginning))
        {
            throw new StorageFormatException($"{path} is no backup of an exchange.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (version != BackupFormat.Version)
        {
            throw new StorageFormatException(
                $"{path} has format {version}; this version knows format {BackupFormat.Version}. Use the version that wrote it."
            );
        }
    }
}
