using NSec.Cryptography;

namespace SignalExchange.TransparencyLog.Notes;

/// <summary>A private key that signs notes, in this process.</summary>
/// <remarks>
/// Holds the key in locked memory until it is disposed. Prints as its verifier key; <see cref="ExportText"/> alone gives the
/// private half away. Safe from any thread.
/// </remarks>
public sealed class NoteSigner : INoteSigner, IDisposable
{
    private const string Prefix = "PRIVATE+KEY+";
    private readonly Key _key;
    private readonly TimeProvider _time;

    private NoteSigner(string name, SignatureKind kind, Key key, TimeProvider time)
    {
        (_key, _time) = (key, time);
        VerifierKey = new VerifierKey(name, kind, key.PublicKey);
    }

    /// <inheritdoc/>
    public VerifierKey VerifierKey { get; }

    /// <summary>Makes a new key.</summary>
    /// <param name="name">Its name: the log's origin, or the witness's. No spaces and no plus.</param>
    /// <param name="kind">What it is to sign.</param>
    /// <param name="time">When cosignatures are made; null for the system's time.</param>
    /// <exception cref="FormatException">The name cannot be one.</exception>
    public static NoteSigner Generate(string name, SignatureKind kind, TimeProvider? time = null) =>
        KeyName.IsValid(name)
            ? new(name, kind, Key.Create(SignatureAlgorithm.Ed25519, Exportable), time ?? TimeProvider.System)
            : throw new FormatException("A key's name is not empty and has no space and no plus.");

    /// <summary>Makes the signer of a key that is kept elsewhere.</summary>
    /// <param name="name">Its name: the log's origin, or the witness's. No spaces and no plus.</param>
    /// <param name="kind">What it is to sign.</param>
    /// <param name="seed">The key's 32 random bytes (RFC 8032); not kept.</param>
    /// <exception cref="FormatException">The name cannot be one, or the seed has another length.</exception>
    public static NoteSigner FromSeed(string name, SignatureKind kind, ReadOnlySpan<byte> seed) =>
        KeyName.IsValid(name) && Key.TryImport(Ed25519, seed, KeyBlobFormat.RawPrivateKey, out var key, Exportable)
            ? new(name, kind, key!, TimeProvider.System)
            : throw new FormatException("A key's name has no space and no plus, and its seed has 32 bytes.");

    /// <summary>Reads a key.</summary>
    /// <param name="text"><c>PRIVATE+KEY+name+id+key</c>: base64 of the type byte and the 32 bytes of the seed.</param>
    /// <param name="time">When cosignatures are made; null for the system's time.</param>
    /// <exception cref="FormatException">It is no private key; the message never repeats it.</exception>
    public static NoteSigner Parse(string text, TimeProvider? time = null)
    {
        var parts = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..].Split('+', 3) : [];
        if (
            parts is not [var name, var id, var base64]
            || !KeyName.IsValid(name)
            || !StrictText.TryParseBase64(base64, out var bytes)
            || bytes.Length == 0
            || !Enum.IsDefined((SignatureKind)bytes[0])
            || !Key.TryImport(Ed25519, bytes.AsSpan(1), KeyBlobFormat.RawPrivateKey, out var key, Exportable)
        )
        {
            throw new FormatException("A signer key is PRIVATE+KEY+name+id+key, of type 1 or 4 and 32 bytes.");
        }

        var signer = new NoteSigner(name, (SignatureKind)bytes[0], key!, time ?? TimeProvider.System);
        if (signer.VerifierKey.ToString().Split('+', 3)[1] != id)
        {
            signer.Dispose();
            throw new FormatException("The signer key's id is not that of its name and key.");
        }

        return signer;
    }

    /// <summary>Signs a text.</summary>
    /// <param name="text">The text of the note, with its last newline.</param>
    public NoteSignature Sign(ReadOnlySpan<byte> text) =>
        VerifierKey.Kind is SignatureKind.Ed25519
            ? NoteSignature.Of(VerifierKey, Ed25519.Sign(_key, text))
            : Cosign(text, _time.GetUtcNow());

    /// <inheritdoc/>
    public ValueTask<NoteSignature> SignAsync(ReadOnlyMemory<byte> text, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Sign(text.Span));

    /// <summary>Returns the private key: for the file in which it is kept, nothing else.</summary>
    public string ExportText()
    {
        var parts = VerifierKey.ToString().Split('+', 3);
        byte[] seed = [(byte)VerifierKey.Kind, .. _key.Export(KeyBlobFormat.RawPrivateKey)];
        return $"{Prefix}{parts[0]}+{parts[1]}+{Convert.ToBase64String(seed)}";
    }

    /// <summary>Returns the verifier key.</summary>
    public override string ToString() => VerifierKey.ToString();

    /// <summary>Wipes the key.</summary>
    public void Dispose() => _key.Dispose();

    private NoteSignature Cosign(ReadOnlySpan<byte> text, DateTimeOffset now) =>
        NoteSignature.Of(VerifierKey, CosignedMessage.Pack(now, Ed25519.Sign(_key, CosignedMessage.Make(now, text))));

    private static Ed25519 Ed25519 => SignatureAlgorithm.Ed25519;

    private static KeyCreationParameters Exportable => new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport };
}
