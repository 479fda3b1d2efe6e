using SignalExchange.Client.Audit;

namespace SignalExchange.Cli.Tests.Audit;

public sealed class ManifestKeyTests
{
    // The example of golang.org/x/mod/sumdb/note.
    private const string Example = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    [Fact]
    public void A_verifier_key_of_others_is_read()
    {
        Assert.True(ManifestKey.TryParse(Example, out var key));
        Assert.Equal("PeterNeumann", key.Name);
    }

    [Fact]
    public void A_signature_of_others_is_verified()
    {
        Assert.True(ManifestKey.TryParse(Example, out var key));
        var message =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"u8;
        // The base64 after the key's name, without its first four bytes, the key id.
        var signature = Convert.FromBase64String(
            "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
        );

        Assert.True(key.Verify(message, signature.AsSpan(4)));
        signature[10] ^= 1;
        Assert.False(key.Verify(message, signature.AsSpan(4)));
    }

    [Theory]
    [InlineData("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+BRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy1")]
    [InlineData("PeterNeumann")]
    [InlineData("")]
    public void Another_text_is_refused(string text) => Assert.False(ManifestKey.TryParse(text, out _));
}
