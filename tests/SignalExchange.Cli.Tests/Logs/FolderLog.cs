using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.Cli.Tests.Logs;

/// <summary>An access log of 300 entries in a folder, as an exchange leaves it.</summary>
internal sealed class FolderLog : IDisposable
{
    public const int Size = 300;
    public const string Origin = "signalexchange/log/a";
    private readonly NoteSigner _signer = NoteSigner.Generate(Origin, SignatureKind.Ed25519);

    public FolderLog()
    {
        var store = new FolderTileStore(Folder);
        var tiles = new TileWriter();
        var frontier = new MerkleFrontier();
        var entries = new BundleWriter(TileKind.Entries);
        var details = new BundleWriter(TileKind.Details);
        for (var i = 0; i < Size; i++)
        {
            var leaf = MerkleHashing.HashLeaf(EntryOf(i));
            tiles.Append(leaf);
            frontier.Append(leaf);
            entries.Append(EntryOf(i));
            details.Append(DetailOf(i));
        }

        store.Write([.. tiles.TakeChanges(), .. entries.TakeChanges(), .. details.TakeChanges()]);
        var note = new SignedNote(new Checkpoint(Origin, Size, frontier.Root).ToString(), []);
        Note = note.With(_signer.Sign(note.TextBytes()));
        store.WriteCheckpoint(Note.ToBytes());
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("sigx-log-").FullName;

    public string Key => _signer.VerifierKey.ToString();

    public SignedNote Note { get; private set; }

    public TileTreeReader Tree => new(new FolderTileSource(Folder), Size);

    public string PathOf(string file) => Path.Join(Folder, file);

    public void Cosign(NoteSigner witness)
    {
        Note = Note.With(witness.Sign(Note.TextBytes()));
        File.WriteAllBytes(PathOf("checkpoint"), Note.ToBytes());
    }

    public async Task<string> WriteProof(int index, byte[] detail)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var proof = await LogProof.MakeAsync(EntryOf(index), detail, index, Note, Tree, cancellationToken);
        var path = PathOf("entry.tlog-proof");
        await File.WriteAllBytesAsync(path, proof.ToBytes(), cancellationToken);
        return path;
    }

    public static byte[] DetailOf(int index) => BitConverter.GetBytes(index);

    public void Dispose()
    {
        Directory.Delete(Folder, recursive: true);
        _signer.Dispose();
    }

    private static byte[] EntryOf(int index) =>
        new AccessLogEntry
        {
            Version = 1,
            Time = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeSeconds(1_700_000_000 + index)),
            Retention = LogRetention.Traffic,
            Period = 646,
            SealedDigest = ByteString.CopyFrom(SHA256.HashData(DetailOf(index))),
            DetailDigest = ByteString.CopyFrom(new byte[32]),
        }.ToByteArray();
}
