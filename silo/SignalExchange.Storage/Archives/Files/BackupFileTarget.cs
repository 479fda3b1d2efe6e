using System.Buffers.Binary;
using System.Security.Cryptography;
using SignalExchange.Storage.Files;

namespace SignalExchange.Storage.Archives.Files;

/// <summary>A new file for a backup, which only its owner reads; there when it is whole.</summary>
/// <param name="path">The file; not there yet.</param>
public sealed class BackupFileTarget(string path) : IArchiveTarget
{
    private readonly string _path = Path.GetFullPath(path);

    /// <inheritdoc/>
    public async Task WriteAsync(
        int shardCount,
        IAsyncEnumerable<ArchiveRecord> records,
        CancellationToken cancellationToken
    )
    {
        if (File.Exists(_path))
        {
            throw new StorageFormatException($"{_path} is there already. Name a new file.");
        }

        DurableFiles.CreateFolder(Path.GetDirectoryName(_path)!);
        await DurableFiles.WriteAsync(
            _path,
            async (file, token) => await WriteAsync(file, shardCount, records, token),
            cancellationToken
        );
    }

    /// <inheritdoc/>
    public IArchiveSource ToSource() => new BackupFileSource(_path);

    private static async Task WriteAsync(
        Stream file,
        int shardCount,
        IAsyncEnumerable<ArchiveRecord> records,
        CancellationToken cancellationToken
    )
    {
        using var sum = SHA256.Create();
        await using (var summed = new CryptoStream(file, sum, CryptoStreamMode.Write, leaveOpen: true))
        {
            await using var buffered = new BufferedStream(summed, BackupFormat.BufferBytes);
            await buffered.WriteAsync(Header(shardCount), cancellationToken);
            using var hash = new ArchiveHash();
            var head = new byte[BackupFormat.RecordHeadBytes];
            await foreach (var record in records.WithCancellation(cancellationToken))
            {
                var bytes = hash.Add(record);
                head[0] = (byte)record.Kind;
                BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(1), bytes.Length);
                await buffered.WriteAsync(head, cancellationToken);
                await buffered.WriteAsync(bytes, cancellationToken);
            }

            buffered.WriteByte(BackupFormat.End);
            await buffered.FlushAsync(cancellationToken);
            await summed.FlushFinalBlockAsync(cancellationToken);
        }

        await file.WriteAsync(sum.Hash!, cancellationToken);
    }

    private static byte[] Header(int shardCount)
    {
        var header = new byte[BackupFormat.HeaderBytes];
        BackupFormat.Beginning.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), BackupFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), shardCount);
        return header;
    }
}
