using System.Security.Cryptography;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.Benchmarks.TransparencyLog;

/// <summary>A signed log in memory, of entries as large as those of the access log.</summary>
internal sealed class MemoryLog : ITileSource
{
    /// <summary>Version, time, retention, period and two digests, in protobuf.</summary>
    public const int EntryBytes = 92;

    private readonly Dictionary<TilePath, ReadOnlyMemory<byte>> _files = [];
    private readonly byte[] _checkpoint;

    public MemoryLog(int count)
    {
        Entries = RandomNumberGenerator.GetBytes(count * EntryBytes);
        var tiles = new TileWriter();
        var bundles = new BundleWriter(TileKind.Entries);
        var frontier = new MerkleFrontier();
        for (var i = 0; i < count; i++)
        {
            var leaf = MerkleHashing.HashLeaf(EntryAt(i));
            bundles.Append(EntryAt(i));
            tiles.Append(leaf);
            frontier.Append(leaf);
        }

        foreach (var change in tiles.TakeChanges().Concat(bundles.TakeChanges()))
        {
            _files[change.Path] = change.Bytes;
        }

        using var signer = NoteSigner.Generate("benchmark/log/a", SignatureKind.Ed25519);
        var note = new SignedNote(new Checkpoint("benchmark/log/a", count, frontier.Root).ToString(), []);
        _checkpoint = note.With(signer.Sign(note.TextBytes())).ToBytes();
        Key = signer.VerifierKey;
    }

    public byte[] Entries { get; }

    public VerifierKey Key { get; }

    public ReadOnlySpan<byte> EntryAt(int index) => Entries.AsSpan(index * EntryBytes, EntryBytes);

    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<ReadOnlyMemory<byte>?>(_checkpoint);

    public ValueTask<ReadOnlyMemory<byte>?> ReadVerifierKeyAsync(CancellationToken cancellationToken) =>
        new((ReadOnlyMemory<byte>?)null);

    // A copy, as every real source makes one.
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        ValueTask.FromResult(
            _files.TryGetValue(path, out var bytes) ? new ReadOnlyMemory<byte>?(bytes.ToArray()) : default
        );
}
