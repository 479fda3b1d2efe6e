using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace SignalExchange.Storage.Archives.Files;

/// <summary>What a backup's file holds. Its checksum is compared before the last record is let out as the last.</summary>
internal sealed class BackupFileArchive(FileStream file, string path, byte[] header) : IArchive
{
    private readonly BufferedStream _buffered = new(file, BackupFormat.BufferBytes);
    private readonly IncrementalHash _sum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    public int ShardCount => BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));

    public long ExpectedRecords => 0; // It is not known before it was read.

    public async IAsyncEnumerable<ArchiveRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _sum.AppendData(header);
        while (await ReadRecord(cancellationToken) is { } record)
        {
            yield return record;
        }

        var sum = _sum.GetHashAndReset();
        var written = await ReadBytes(sum.Length, cancellationToken);
        if (!sum.AsSpan().SequenceEqual(written))
        {
            throw new StorageFormatException($"{path} is damaged: its checksum differs. Use another backup.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _sum.Dispose();
        await _buffered.DisposeAsync();
    }

    private async Task<ArchiveRecord?> ReadRecord(CancellationToken cancellationToken)
    {
        var kind = (await ReadSummed(1, cancellationToken))[0];
        if (kind == BackupFormat.End)
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(await ReadSummed(sizeof(int), cancellationToken));
        return length is >= 0 and <= BackupFormat.MaxRecordBytes
            ? ArchiveCodec.Read((ArchiveKind)kind, await ReadSummed(length, cancellationToken))
            : throw new StorageFormatException($"{path} is damaged: a record has {length} bytes. Use another backup.");
    }

    private async Task<byte[]> ReadSummed(int length, CancellationToken cancellationToken)
    {
        var bytes = await ReadBytes(length, cancellationToken);
        _sum.AppendData(bytes);
        return bytes;
    }

    private async Task<byte[]> ReadBytes(int length, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = new byte[length];
            await _buffered.ReadExactlyAsync(bytes, cancellationToken);
            return bytes;
        }
        catch (EndOfStreamException exception)
        {
            throw new StorageFormatException($"{path} ends in the middle. Use another backup.", exception);
        }
        catch (IOException exception)
        {
            throw new StorageUnavailableException($"{path} can't be read. See the disk's own messages.", exception);
        }
    }
}
