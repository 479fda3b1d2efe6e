using System.Text;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Tests.Notes;

/// <summary>The examples and cases of golang.org/x/mod/sumdb/note and of C2SP signed-note.</summary>
public sealed class SignedNoteTests
{
    private const string Text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string Private = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string PeterBase64 =
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=";
    private const string EnochBase64 =
        "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=";
    private const string PeterLine = "— PeterNeumann " + PeterBase64 + "\n";
    private const string EnochLine = "— EnochRoot " + EnochBase64 + "\n";

    private static readonly VerifierKey Peter = VerifierKey.Parse(
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    );

    private static readonly VerifierKey Enoch = VerifierKey.Parse(
        "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
    );

    [Fact]
    public void Go_s_example_is_signed_to_the_byte()
    {
        using var signer = NoteSigner.Parse(Private);
        var note = new SignedNote(Text, []);

        Assert.Equal(Text + "\n" + PeterLine, note.With(signer.Sign(note.TextBytes())).ToString());
        Assert.Equal(Peter, signer.VerifierKey);
        Assert.Equal(Private, signer.ExportText());
        Assert.DoesNotContain("PRIVATE", signer.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_second_signature_is_added_and_one_of_the_same_key_replaced()
    {
        using var signer = NoteSigner.Parse(Private);
        var note = Parse(Text + "\n" + PeterLine + EnochLine);

        Assert.Equal(Text + "\n" + EnochLine + PeterLine, note.With(signer.Sign(note.TextBytes())).ToString());
    }

    [Fact]
    public void Signatures_of_unknown_keys_are_ignored()
    {
        var note = Parse(Text + "\n" + PeterLine + EnochLine);

        Assert.Equal([Peter], note.Verify([Peter]).Valid.Select(it => it.Key));
        Assert.Equal([Peter, Enoch], note.Verify([Peter, Enoch]).Valid.Select(it => it.Key));
        Assert.False(note.Verify([]).IsSigned);
    }

    [Fact]
    public void A_key_that_signs_twice_counts_once()
    {
        var note = Parse(Text + "\n" + PeterLine + PeterLine + EnochLine);

        Assert.Single(note.Verify([Peter, Peter]).Valid);
    }

    [Fact]
    public void One_wrong_signature_of_a_trusted_key_spoils_the_note()
    {
        var note = Parse(Text + "\n" + EnochLine + PeterLine[..60] + "ABCD" + PeterLine[60..]);

        var verdict = note.Verify([Peter, Enoch]);

        Assert.Equal(Peter, verdict.Forged);
        Assert.False(verdict.IsSigned);
        Assert.True(note.Verify([Enoch]).IsSigned);
    }

    [Fact]
    public void No_byte_of_the_text_can_change()
    {
        var note = Parse(Text + "\n" + PeterLine);
        for (var i = 0; i < Text.Length - 1; i++)
        {
            var changed = note with { Text = string.Concat(Text.AsSpan(0, i), "#", Text.AsSpan(i + 1)) };

            Assert.False(changed.Verify([Peter]).IsSigned);
        }
    }

    [Fact]
    public void The_specification_s_example_is_verified()
    {
        var note = Parse(
            "This is an example message.\n\n"
                + "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
        );
        var key = VerifierKey.Parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

        Assert.True(note.Verify([key]).IsSigned);
    }

    [Theory]
    [InlineData(Text)]
    [InlineData(Text + "\n")]
    [InlineData(Text + PeterLine)]
    [InlineData("\u0001" + Text + "\n" + PeterLine)]
    [InlineData("\t" + Text + "\n" + PeterLine)]
    [InlineData("\r" + Text + "\n" + PeterLine)]
    [InlineData(Text + "\n— Bad Name " + PeterBase64 + "\n")]
    [InlineData(Text + "\n— Bad+Name " + PeterBase64 + "\n")]
    [InlineData(Text + "\n—  " + PeterBase64 + "\n")]
    [InlineData(Text + "\n- PeterNeumann " + PeterBase64 + "\n")]
    [InlineData(Text + "\n– PeterNeumann " + PeterBase64 + "\n")]
    [InlineData(Text + "\n—\u00a0PeterNeumann " + PeterBase64 + "\n")]
    [InlineData(Text + "\n— PeterNeumann x08gow==\n")]
    [InlineData(Text + "\n— PeterNeumann x08go\n")]
    [InlineData(Text + "\n— PeterNeumann " + PeterBase64 + " \n")]
    [InlineData(Text + "\n— PeterNeumann " + PeterBase64)]
    [InlineData(Text + "\n" + PeterLine + "Unexpected line.\n")]
    public void What_is_malformed_is_refused(string text) => Assert.Throws<FormatException>(() => Parse(text));

    [Fact]
    public void What_is_not_UTF8_or_too_much_is_refused()
    {
        byte[] notText = [0xff, .. Encoding.UTF8.GetBytes(Text + "\n" + PeterLine)];
        var tooMany = Text + "\n" + string.Concat(Enumerable.Repeat(PeterLine, 101));
        var tooLong = new string('a', SignedNote.MaxBytes) + "\n\n" + PeterLine;

        Assert.Throws<FormatException>(() => SignedNote.Parse(notText));
        Assert.Throws<FormatException>(() => Parse(tooMany));
        Assert.Throws<FormatException>(() => Parse(tooLong));
    }

    [Fact]
    public void A_text_may_contain_empty_lines()
    {
        var note = Parse("a\n\nb\n\n" + PeterLine);

        Assert.Equal("a\n\nb\n", note.Text);
    }

    private static SignedNote Parse(string text) => SignedNote.Parse(Encoding.UTF8.GetBytes(text));
}
