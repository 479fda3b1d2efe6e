using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using SignalExchange.AccessLog.Formats;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>Signs the log's checkpoints, and knows them again: https://c2sp.org/tlog-checkpoint in https://c2sp.org/signed-note.</summary>
/// <remarks>The key's name is the log's origin. Safe from any thread; the key is cleared on disposal.</remarks>
internal sealed class LogSigner : IDisposable
{
    /// <summary>The size of the seed that the key comes from, in bytes (RFC 8032).</summary>
    public const int SeedSize = 32;

    private const byte Ed25519Type = 1;
    private const int KeyIdSize = 4;

    private readonly string _origin;
    private readonly Key _key;
    private readonly byte[] _publicKey;
    private readonly byte[] _keyId;

    /// <summary>Makes the signer of a log.</summary>
    /// <param name="origin">The log's origin.</param>
    /// <param name="seed">The key's 32 random bytes.</param>
    public LogSigner(string origin, ReadOnlySpan<byte> seed)
    {
        _origin = origin;
        _key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        _publicKey = _key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        _keyId = SHA256.HashData([.. Encoding.UTF8.GetBytes(origin), (byte)'\n', Ed25519Type, .. _publicKey])[
            ..KeyIdSize
        ];
    }

    /// <summary>Gets what others verify with: name, key id and key.</summary>
    public string VerifierKey =>
        $"{_origin}+{Convert.ToHexStringLower(_keyId)}+{Convert.ToBase64String([Ed25519Type, .. _publicKey])}";

    /// <summary>Returns the signed checkpoint of a tree.</summary>
    public byte[] Sign(long size, byte[] root)
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{_origin}\n{size}\n{Convert.ToBase64String(root)}\n");
        var signature = SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(body));
        return Encoding.UTF8.GetBytes(
            $"{body}\n\u2014 {_origin} {Convert.ToBase64String([.. _keyId, .. signature])}\n"
        );
    }

    /// <summary>Reads a checkpoint of this log that this key signed.</summary>
    /// <returns>What it says; null when it is anything else.</returns>
    public Checkpointed? Open(ReadOnlySpan<byte> note)
    {
        var text = Encoding.UTF8.GetString(note);
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !text.EndsWith('\n'))
        {
            return null;
        }

        var body = text[..(end + 1)];
        return IsSigned(body, text[(end + 2)..]) ? Parse(body) : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private bool IsSigned(string body, string signatures) =>
        signatures
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Any(line =>
                line.StartsWith($"\u2014 {_origin} ", StringComparison.Ordinal)
                && IsSignature(Encoding.UTF8.GetBytes(body), line[(_origin.Length + 3)..])
            );

    private bool IsSignature(byte[] body, string base64)
    {
        Span<byte> signature = stackalloc byte[KeyIdSize + SignatureAlgorithm.Ed25519.SignatureSize];
        return Convert.TryFromBase64String(base64, signature, out var length)
            && length == signature.Length
            && signature.StartsWith(_keyId)
            && SignatureAlgorithm.Ed25519.Verify(_key.PublicKey, body, signature[KeyIdSize..]);
    }

    private Checkpointed? Parse(string body)
    {
        Span<byte> root = stackalloc byte[LogPaths.HashSize];
        return
            body.Split('\n') is [var origin, var size, var hash, ""]
            && origin == _origin
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && Convert.TryFromBase64String(hash, root, out var length)
            && length == root.Length
            ? new(number, root.ToArray())
            : null;
    }
}
