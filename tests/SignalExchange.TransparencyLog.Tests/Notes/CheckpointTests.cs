using System.Text;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Tests.Notes;

public sealed class CheckpointTests : IDisposable
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private const string Text = "example.com/behind-the-sofa\n20852163\n" + Root + "\n";
    private static readonly DateTimeOffset Now = DateTimeOffset.FromUnixTimeSeconds(1_679_315_147);

    private readonly NoteSigner _log = NoteSigner.Generate("example.com/behind-the-sofa", SignatureKind.Ed25519);
    private readonly NoteSigner _other = NoteSigner.Generate("example.com/other", SignatureKind.Ed25519);
    private readonly NoteSigner _first = Witness("witness.example/w1");
    private readonly NoteSigner _second = Witness("witness.example/w2");

    public void Dispose()
    {
        _log.Dispose();
        _other.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    [Fact]
    public void The_specification_s_checkpoint_is_read_and_written()
    {
        var checkpoint = Checkpoint.Parse(Text);

        Assert.Equal(("example.com/behind-the-sofa", 20_852_163L), (checkpoint.Origin, checkpoint.Size));
        Assert.Equal(Text, checkpoint.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\n1\n")]
    [InlineData("\n1\n" + Root + "\n")]
    [InlineData("a\n01\n" + Root + "\n")]
    [InlineData("a\n-1\n" + Root + "\n")]
    [InlineData("a\n+1\n" + Root + "\n")]
    [InlineData("a\n\n" + Root + "\n")]
    [InlineData("a\n 1\n" + Root + "\n")]
    [InlineData("a\n9223372036854775808\n" + Root + "\n")]
    [InlineData("a\n1\n" + Root)]
    [InlineData("a\n1\n" + Root + " \n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxqw==\n")]
    [InlineData("a\n1\n" + Root + "\nan extension line\n")]
    [InlineData("a\n1\n" + Root + "\n\n")]
    public void What_is_malformed_or_extended_is_refused(string text) =>
        Assert.Throws<FormatException>(() => Checkpoint.Parse(text));

    [Fact]
    public void A_cosignature_is_over_time_and_text_as_the_specification_lays_it_out()
    {
        var signature = _first.Sign(Encoding.UTF8.GetBytes(Text));
        var signed = Encoding.UTF8.GetBytes("cosignature/v1\ntime 1679315147\n" + Text);
        var key = NSec.Cryptography.PublicKey.Import(
            NSec.Cryptography.SignatureAlgorithm.Ed25519,
            _first.VerifierKey.PublicKey.Span,
            NSec.Cryptography.KeyBlobFormat.RawPublicKey
        );

        Assert.Equal("00000000641850CB", Convert.ToHexString(signature.Bytes.Span[..8]));
        Assert.True(NSec.Cryptography.SignatureAlgorithm.Ed25519.Verify(key, signed, signature.Bytes.Span[8..]));
        Assert.True(_first.VerifierKey.Verify(Encoding.UTF8.GetBytes(Text), signature.Bytes.Span, out var time));
        Assert.Equal(Now, time);
    }

    [Fact]
    public void No_bit_of_a_cosignature_can_change()
    {
        var text = Encoding.UTF8.GetBytes(Text);
        var bytes = _first.Sign(text).Bytes.ToArray();
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(_first.VerifierKey.Verify(text, bytes, out _), $"bit {bit}");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_checkpoint_with_the_log_s_signature_and_enough_witnesses_is_trusted()
    {
        var verdict = Judge(Sign(_log, _first, _second), quorum: 2);

        Assert.True(verdict.IsTrusted);
        Assert.Equal((2, Now), (verdict.Witnesses, verdict.FirstWitnessed!.Value));
    }

    [Fact]
    public void Too_few_witnesses_are_told()
    {
        Assert.Equal(CheckpointProblem.TooFewWitnesses, Judge(Sign(_log, _first), quorum: 2).Problem);
        Assert.Equal(CheckpointProblem.TooFewWitnesses, Judge(Sign(_log, _first, _first), quorum: 2).Problem);
    }

    [Fact]
    public void A_witness_under_two_names_is_one_witness()
    {
        var seed = _first.ExportText().Split('+', 5)[4];
        using var alias = Alias("witness.example/alias", seed);
        var policy = new CheckpointPolicy([_log.VerifierKey], [_first.VerifierKey, alias.VerifierKey], 2);

        Assert.Equal(CheckpointProblem.TooFewWitnesses, policy.Judge(Sign(_log, _first, alias)).Problem);
    }

    [Fact]
    public void Another_log_s_key_does_not_sign_this_one_s_checkpoints()
    {
        var policy = new CheckpointPolicy([_other.VerifierKey], [], 0);

        Assert.Equal(CheckpointProblem.NotSignedByLog, policy.Judge(Sign(_other)).Problem);
        Assert.Equal(CheckpointProblem.NotSignedByLog, Judge(Sign(_first, _second), quorum: 2).Problem);
    }

    [Fact]
    public void A_wrong_signature_is_told_whoever_s_it_is()
    {
        var note = Sign(_log, _first);
        var forged = note with { Signatures = [note.Signatures[0], note.Signatures[1] with { Bytes = new byte[72] }] };

        Assert.Equal(CheckpointProblem.SignatureWrong, Judge(forged, quorum: 0).Problem);
    }

    private static NoteSigner Witness(string name) =>
        NoteSigner.Generate(name, SignatureKind.Cosignature, new FakeTimeProvider(Now));

    private static NoteSigner Alias(string name, string base64)
    {
        using var key = NSec.Cryptography.Key.Import(
            NSec.Cryptography.SignatureAlgorithm.Ed25519,
            Convert.FromBase64String(base64).AsSpan(1),
            NSec.Cryptography.KeyBlobFormat.RawPrivateKey
        );
        var verifier = new VerifierKey(name, SignatureKind.Cosignature, key.PublicKey);
        return NoteSigner.Parse($"PRIVATE+KEY+{name}+{verifier.Id:x8}+{base64}", new FakeTimeProvider(Now));
    }

    private static SignedNote Sign(params NoteSigner[] signers)
    {
        var note = new SignedNote(Text, []);
        return note with { Signatures = [.. signers.Select(signer => signer.Sign(note.TextBytes()))] };
    }

    private CheckpointVerdict Judge(SignedNote note, int quorum) =>
        new CheckpointPolicy([_log.VerifierKey], [_first.VerifierKey, _second.VerifierKey], quorum).Judge(note);
}
