using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace SignalExchange.AccessLog.Tests;

/// <summary>Verifies a log's folder as somebody would who has only the published formats: no code of the product.</summary>
internal static class IndependentVerifier
{
    /// <summary>Reads all entries under the checkpoint, recomputes the root, and checks signature and tiles of the leaves.</summary>
    public static List<byte[]> Verify(string folder, string verifierKey)
    {
        var (size, root) = ReadCheckpoint(File.ReadAllText(Path.Combine(folder, "checkpoint")), verifierKey);
        var entries = new List<byte[]>();
        for (long bundle = 0; bundle * 256 < size; bundle++)
        {
            var width = (int)Math.Min(256, size - bundle * 256);
            var read = ReadBundle(Find(folder, "tile/entries/", bundle, width));
            var tile = Find(folder, "tile/0/", bundle, width);
            Assert.True(read.Count >= width, $"Bundle {bundle} has {read.Count} entries.");
            for (var i = 0; i < width; i++)
            {
                Assert.Equal(Leaf(read[i]), tile[(i * 32)..(i * 32 + 32)]);
            }

            entries.AddRange(read.Take(width));
        }

        Assert.Equal(root, Root([.. entries.Select(Leaf)]));
        return entries;
    }

    /// <summary>Returns the size and root of a checkpoint after its signature was checked.</summary>
    public static (long Size, byte[] Root) ReadCheckpoint(string note, string verifierKey)
    {
        var (name, key) = (verifierKey.Split('+')[0], Convert.FromBase64String(verifierKey.Split('+', 3)[2]));
        var body = note[..(note.IndexOf("\n\n", StringComparison.Ordinal) + 1)];
        var line = note[(body.Length + 1)..].Split('\n')[0];
        Assert.StartsWith($"— {name} ", line, StringComparison.Ordinal);
        var signature = Convert.FromBase64String(line.Split(' ')[2]);
        var keyId = SHA256.HashData([.. Encoding.UTF8.GetBytes(name), 10, .. key])[..4];
        Assert.Equal(keyId, signature[..4]);
        var publicKey = PublicKey.Import(SignatureAlgorithm.Ed25519, key.AsSpan(1), KeyBlobFormat.RawPublicKey);
        Assert.True(SignatureAlgorithm.Ed25519.Verify(publicKey, Encoding.UTF8.GetBytes(body), signature.AsSpan(4)));
        var lines = body.Split('\n');
        Assert.Equal(name, lines[0]);
        return (long.Parse(lines[1], CultureInfo.InvariantCulture), Convert.FromBase64String(lines[2]));
    }

    /// <summary>MTH of RFC 6962 2.1, as it is written there.</summary>
    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length < 2)
        {
            return leaves.Length == 0 ? SHA256.HashData([]) : leaves[0];
        }

        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }

        return Node(Root(leaves[..split]), Root(leaves[split..]));
    }

    public static byte[] Leaf(byte[] entry) => SHA256.HashData([0, .. entry]);

    public static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    private static byte[] Find(string folder, string kind, long number, int width)
    {
        var path = Path.Combine(folder, kind + number.ToString("000", CultureInfo.InvariantCulture));
        return File.ReadAllBytes(
            File.Exists(path) ? path : Path.Combine(path + ".p", width.ToString(CultureInfo.InvariantCulture))
        );
    }

    private static List<byte[]> ReadBundle(byte[] bundle)
    {
        var entries = new List<byte[]>();
        for (var at = 0; at < bundle.Length; at += 2 + entries[^1].Length)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.AsSpan(at));
            entries.Add(bundle[(at + 2)..(at + 2 + length)]);
        }

        return entries;
    }
}
