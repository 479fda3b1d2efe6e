using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SignalExchange.Storage.Archives;

/// <summary>Makes <see cref="ArchiveDigests"/> of records as they pass. For one thread.</summary>
internal sealed class ArchiveHash : IDisposable
{
    private readonly Dictionary<ArchiveKind, (IncrementalHash Hash, long Records)> _kinds =
        Enum.GetValues<ArchiveKind>()
            .ToDictionary(kind => kind, _ => (IncrementalHash.CreateHash(HashAlgorithmName.SHA256), 0L));

    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _writer;

    public ArchiveHash() => _writer = new(_bytes);

    /// <summary>Gets how many records have passed.</summary>
    public long Records { get; private set; }

    /// <summary>Adds a record.</summary>
    /// <returns>Its bytes, good until the next one.</returns>
    public ReadOnlyMemory<byte> Add(ArchiveRecord record)
    {
        _bytes.SetLength(0);
        ArchiveCodec.Write(record, _writer);
        var bytes = _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        var (hash, records) = _kinds[record.Kind];
        hash.AppendData(length);
        hash.AppendData(bytes.Span);
        _kinds[record.Kind] = (hash, records + 1);
        Records++;
        return bytes;
    }

    /// <summary>Returns the digests of what was added.</summary>
    public ArchiveDigests ToDigests() =>
        new(
            _kinds.ToDictionary(
                it => it.Key,
                it => (it.Value.Records, Convert.ToHexStringLower(it.Value.Hash.GetCurrentHash()))
            )
        );

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (hash, _) in _kinds.Values)
        {
            hash.Dispose();
        }

        _writer.Dispose();
    }
}
