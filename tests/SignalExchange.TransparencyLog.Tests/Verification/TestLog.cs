using System.Buffers;
using System.Security.Cryptography;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tests.Tiles;
using SignalExchange.TransparencyLog.Tiles;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.TransparencyLog.Tests.Verification;

/// <summary>A signed log in memory. Entry i is "entry i" and the SHA-256 of its detail, "detail i".</summary>
internal sealed class TestLog : IEntryCheck, IDisposable
{
    private readonly TileWriter _tiles = new();
    private readonly BundleWriter _entries = new(TileKind.Entries);
    private readonly BundleWriter _details = new(TileKind.Details);
    private readonly MerkleFrontier _frontier = new();

    public TestLog(int size, string origin = "exchange/log/a")
    {
        Signer = NoteSigner.Generate(origin, SignatureKind.Ed25519);
        Grow(size);
    }

    public NoteSigner Signer { get; }

    public MemoryTiles Files { get; } = new();

    public SignedNote Note { get; private set; } = null!;

    public LogVerifierOptions Options =>
        new()
        {
            Policy = new CheckpointPolicy([Signer.VerifierKey], [], 0),
            EntryCheck = this,
            Parallelism = 2,
        };

    public TileTreeReader Tree => new(Files, _frontier.Size);

    public static byte[] EntryOf(long index) =>
        [.. SHA256.HashData(DetailOf(index)), .. System.Text.Encoding.UTF8.GetBytes($"entry {index}")];

    public static byte[] DetailOf(long index) => System.Text.Encoding.UTF8.GetBytes($"detail {index}");

    public void Grow(int by)
    {
        for (var i = 0; i < by; i++)
        {
            Append(EntryOf(_frontier.Size), DetailOf(_frontier.Size));
        }

        Files.Write([.. _tiles.TakeChanges(), .. _entries.TakeChanges(), .. _details.TakeChanges()]);
        Publish(Sign(new Checkpoint(Signer.VerifierKey.Name, _frontier.Size, _frontier.Root)));
    }

    public void Append(byte[] entry, byte[] detail)
    {
        var leaf = MerkleHashing.HashLeaf(entry);
        _tiles.Append(leaf);
        _frontier.Append(leaf);
        _entries.Append(entry);
        _details.Append(detail);
    }

    public SignedNote Sign(Checkpoint checkpoint)
    {
        var note = new SignedNote(checkpoint.ToString(), []);
        return note.With(Signer.Sign(note.TextBytes()));
    }

    public void Publish(SignedNote note)
    {
        Note = note;
        Files.Files["checkpoint"] = note.ToBytes();
    }

    public Task<LogVerification> VerifyAsync(LogVerifierOptions? options = null) =>
        new LogVerifier(Files, options ?? Options).VerifyAsync(null, TestContext.Current.CancellationToken);

    /// <summary>Writes a bundle anew.</summary>
    public void EditEntries(string path, Action<List<byte[]>> edit)
    {
        ReadOnlySpan<byte> rest = Files.Files[path];
        var entries = new List<byte[]>();
        while (EntryBundle.TryRead(ref rest, out var entry))
        {
            entries.Add(entry.ToArray());
        }

        edit(entries);
        var bundle = new ArrayBufferWriter<byte>();
        entries.ForEach(entry => EntryBundle.Write(bundle, entry));
        Files.Files[path] = bundle.WrittenSpan.ToArray();
    }

    /// <summary>Writes a tile anew, of whatever the bundle now holds.</summary>
    public void RehashTile(string entries, string tile)
    {
        ReadOnlySpan<byte> rest = Files.Files[entries];
        var hashes = new List<byte>();
        while (EntryBundle.TryRead(ref rest, out var entry))
        {
            hashes.AddRange(MerkleHashing.HashLeaf(entry).ToArray());
        }

        Files.Files[tile] = [.. hashes];
    }

    public bool Fits(long index, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> sealedDetail) =>
        entry[..32].SequenceEqual(SHA256.HashData(sealedDetail));

    public void Dispose() => Signer.Dispose();
}
