using System.Text.RegularExpressions;
using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Forms;

/// <summary>Whether a value has the form that its field declares.</summary>
public static class FieldFormats
{
    private const int PageTokenLength = 512;
    private const int LeafLength = 8 * 1024;
    private const int ProofHashes = 128; // A consistency proof of 2^63 leaves has fewer.
    private const int NoteLength = 16 * 1024;
    private const int ExportPartLength = 64 * 1024;
    private const int DetailLength = 1024 * 1024;
    private const int VerifierKeyLength = 256;
    private const int RotationBatchLength = 7 + (2 * Limits.MaxEvaluateBatch * Token.Size) + (2 * Token.Size);

    // The text is hostile: NonBacktracking is linear in its length.
    private static readonly Regex Slug = Linear("[a-z][a-z0-9]*(-[a-z0-9]+)*");
    private static readonly Regex Thumbprint = Linear("[A-Za-z0-9_-]{43}");
    private static readonly Regex Base64Url = Linear("[A-Za-z0-9_-]*");
    private static readonly Regex FieldPath = Linear(@"[a-z0-9_.\[\]]{0,128}");
    private static readonly Regex Version = Linear("[a-z]+-[0-9]{1,6}");
    private static readonly Regex Country = Linear("[A-Z]{2}");
    private static readonly Regex Method = Linear("(/[A-Za-z0-9.-]+){1,8}");
    private static readonly Regex Setting = Linear("[A-Za-z0-9.,:/+_-]{0,128}");
    private static readonly Regex LogOrigin = Linear("[a-z0-9][a-z0-9./-]{0,127}");
    private static readonly Regex VerifierKey = Linear("[!-*,-~]+\\+[0-9a-f]{8}\\+[A-Za-z0-9+/]+={0,2}");
    private static readonly Regex SignInCode = Linear("[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}");
    private static readonly Regex SignedNote = Linear("([ -~\\u2014]*\n)+");

    /// <summary>Whether the bytes have the form.</summary>
    public static bool Fits(FieldFormat format, ByteString value) =>
        format switch
        {
            FieldFormat.Id16 or FieldFormat.Pseudonym => value.Length == SignalId.Size,
            FieldFormat.PackedPseudonyms => value.Length % SignalId.Size == 0,
            FieldFormat.Token or FieldFormat.Element or FieldFormat.Digest or FieldFormat.Code => value.Length
                == Token.Size,
            FieldFormat.TemplateId => value.Length == TemplateId.Size,
            FieldFormat.PackedTokens or FieldFormat.PackedElements => value.Length % Token.Size == 0,
            FieldFormat.Proof or FieldFormat.Signature => value.Length == 2 * Token.Size,
            FieldFormat.PublicKey => value.Length is >= 80 and <= 128,
            FieldFormat.LogLeaf => value.Length <= LeafLength,
            FieldFormat.ProofHashes => value.Length % Token.Size == 0 && value.Length <= ProofHashes * Token.Size,
            FieldFormat.LogDetail => value.Length <= DetailLength,
            FieldFormat.RotationBatch => value.Length <= RotationBatchLength,
            FieldFormat.ExportChunk or FieldFormat.ExportManifest => value.Length <= ExportPartLength,
            _ => false,
        };

    /// <summary>Whether the text has the form.</summary>
    public static bool Fits(FieldFormat format, string value) =>
        format switch
        {
            FieldFormat.Slug => value.Length is >= 3 and <= 32 && Slug.IsMatch(value),
            FieldFormat.KeyId => KeyId.TryParse(value, out _),
            FieldFormat.Thumbprint => Thumbprint.IsMatch(value),
            FieldFormat.PageToken => value.Length <= PageTokenLength && Base64Url.IsMatch(value),
            FieldFormat.FieldPath => FieldPath.IsMatch(value),
            FieldFormat.Country => Country.IsMatch(value),
            FieldFormat.Version => Version.IsMatch(value),
            FieldFormat.Method => value.Length <= 96 && Method.IsMatch(value),
            FieldFormat.Setting => Setting.IsMatch(value),
            FieldFormat.LogOrigin => LogOrigin.IsMatch(value),
            FieldFormat.SignedNote => value.Length <= NoteLength && SignedNote.IsMatch(value),
            FieldFormat.SignInCode => SignInCode.IsMatch(value),
            FieldFormat.VerifierKey => value.Length <= VerifierKeyLength && VerifierKey.IsMatch(value),
            _ => false,
        };

    /// <summary>Returns the length that a value of the form has, for errors; null where it varies.</summary>
    public static long? LengthOf(FieldFormat format) =>
        format switch
        {
            FieldFormat.Id16 or FieldFormat.Pseudonym or FieldFormat.PackedPseudonyms => SignalId.Size,
            FieldFormat.Token or FieldFormat.Element or FieldFormat.Digest or FieldFormat.Code => Token.Size,
            FieldFormat.TemplateId => TemplateId.Size,
            FieldFormat.PackedTokens or FieldFormat.PackedElements => Token.Size,
            FieldFormat.Proof or FieldFormat.Signature => 2 * Token.Size,
            _ => null,
        };

    private static Regex Linear(string pattern) =>
        new($@"\A(?:{pattern})\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
