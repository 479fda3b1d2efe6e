using System.Security.Cryptography;
using System.Text;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Tests.Notes;

/// <summary>Keys' text forms; the manglings are those of golang.org/x/mod/sumdb/note.</summary>
public sealed class KeyTests
{
    private const string Verifier = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string Signer = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";

    [Fact]
    public void A_verifier_key_comes_back_and_no_mangled_one_is_read()
    {
        Assert.Equal(Verifier, VerifierKey.Parse(Verifier).ToString());
        Assert.All(Mangle(Verifier), text => Assert.Throws<FormatException>(() => VerifierKey.Parse(text)));
    }

    [Fact]
    public void A_signer_key_comes_back_and_no_mangled_one_is_read()
    {
        using var signer = NoteSigner.Parse(Signer);

        Assert.Equal(Signer, signer.ExportText());
        Assert.All(Mangle(Signer), text => Assert.Throws<FormatException>(() => NoteSigner.Parse(text)));
    }

    [Theory]
    [InlineData("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")]
    [InlineData("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void A_key_of_another_length_or_type_is_refused_though_its_id_fits(string text) =>
        Assert.Throws<FormatException>(() => VerifierKey.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a+b")]
    [InlineData("a\u2003b")]
    [InlineData("a\nb")]
    public void A_name_with_a_space_or_a_plus_is_refused(string name) =>
        Assert.Throws<FormatException>(() => NoteSigner.Generate(name, SignatureKind.Ed25519));

    [Theory]
    [InlineData(SignatureKind.Ed25519)]
    [InlineData(SignatureKind.Cosignature)]
    public void A_new_key_has_the_id_that_the_specification_gives(SignatureKind kind)
    {
        using var signer = NoteSigner.Generate("example.com/log", kind);
        var key = signer.VerifierKey;
        byte[] named = [.. Encoding.UTF8.GetBytes("example.com/log\n"), (byte)kind, .. key.PublicKey.Span];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(named)[..4]), key.Id.ToString("x8", null));
        Assert.Equal(key, VerifierKey.Parse(key.ToString()));
        using var again = NoteSigner.Parse(signer.ExportText());
        Assert.Equal(key, again.VerifierKey);
    }

    private static IEnumerable<string> Mangle(string text)
    {
        for (var i = 0; i <= text.Length; i++)
        {
            for (var j = i + 1; j <= text.Length; j++)
            {
                if (j - i < text.Length)
                {
                    yield return text[i..j];
                }
            }
        }

        for (var i = 0; i < text.Length; i++)
        {
            yield return $"{text[..i]}{(char)(text[i] + 1)}{text[(i + 1)..]}";
        }
    }
}
