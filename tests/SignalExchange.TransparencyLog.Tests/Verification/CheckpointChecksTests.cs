using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.TransparencyLog.Tests.Verification;

/// <summary>What the verifier says of a checkpoint, and of one kept from before.</summary>
public sealed class CheckpointChecksTests : IDisposable
{
    private readonly TestLog _log = new(300);

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_log_without_a_checkpoint_is_not_read()
    {
        _log.Files.Files.Remove("checkpoint");

        await AssertOnly(LogFindingKind.CheckpointUnreadable);
        Assert.Equal(["checkpoint"], _log.Files.Reads);
    }

    [Fact]
    public async Task A_malformed_checkpoint_is_named()
    {
        _log.Files.Files["checkpoint"] = "hello\n"u8.ToArray();

        await AssertOnly(LogFindingKind.CheckpointUnreadable);
    }

    [Fact]
    public async Task A_checkpoint_with_an_extension_line_is_not_taken()
    {
        var note = new SignedNote(_log.Note.Text + "extension\n", []);
        _log.Files.Files["checkpoint"] = note.With(_log.Signer.Sign(note.TextBytes())).ToBytes();

        await AssertOnly(LogFindingKind.CheckpointUnreadable);
    }

    [Fact]
    public async Task A_checkpoint_signed_with_another_key_of_the_same_name_is_not_trusted()
    {
        using var other = NoteSigner.Generate("exchange/log/a", SignatureKind.Ed25519);
        _log.Publish(new SignedNote(_log.Note.Text, [other.Sign(_log.Note.TextBytes())]));

        await AssertOnly(LogFindingKind.CheckpointUntrusted);
    }

    [Fact]
    public async Task A_second_signature_with_an_unknown_key_does_no_harm()
    {
        using var other = NoteSigner.Generate("exchange/log/a", SignatureKind.Ed25519);
        _log.Publish(_log.Note.With(other.Sign(_log.Note.TextBytes())));

        Assert.True((await _log.VerifyAsync()).IsIntact);
    }

    [Fact]
    public async Task Either_of_two_log_keys_may_have_signed()
    {
        using var next = NoteSigner.Generate("exchange/log/a", SignatureKind.Ed25519);
        var policy = new CheckpointPolicy([_log.Signer.VerifierKey, next.VerifierKey], [], 0);

        Assert.True((await _log.VerifyAsync(_log.Options with { Policy = policy })).IsIntact);
    }

    [Fact]
    public async Task Too_few_witnesses_are_told()
    {
        using var witness = NoteSigner.Generate("witness", SignatureKind.Cosignature);
        var policy = new CheckpointPolicy([_log.Signer.VerifierKey], [witness.VerifierKey], 1);

        await AssertOnly(LogFindingKind.CheckpointUntrusted, _log.Options with { Policy = policy });
        _log.Publish(_log.Note.With(witness.Sign(_log.Note.TextBytes())));
        Assert.True((await _log.VerifyAsync(_log.Options with { Policy = policy })).IsIntact);
    }

    [Fact]
    public async Task A_signed_checkpoint_with_a_wrong_root_is_told()
    {
        _log.Publish(_log.Sign(new Checkpoint("exchange/log/a", 300, MerkleHashing.EmptyRoot)));

        await AssertOnly(LogFindingKind.RootDiffers);
    }

    [Fact]
    public async Task An_older_checkpoint_that_is_served_again_is_told()
    {
        var old = _log.Note;
        _log.Grow(50);
        var newer = _log.Note;
        _log.Publish(old);

        await AssertOnly(LogFindingKind.NotConsistent, _log.Options with { Since = newer });
    }

    [Theory]
    [InlineData(10)]
    [InlineData(256)]
    [InlineData(300)]
    public async Task A_log_whose_past_was_rewritten_and_signed_anew_is_told(int since)
    {
        var checkpoint = new Checkpoint("exchange/log/a", since, MerkleHashing.HashLeaf("another past"u8));

        await AssertOnly(LogFindingKind.NotConsistent, _log.Options with { Since = _log.Sign(checkpoint) });
    }

    [Fact]
    public async Task An_older_checkpoint_that_nobody_signed_or_of_another_log_says_nothing()
    {
        using var other = new TestLog(10, "exchange/log/b");
        var policy = new CheckpointPolicy([_log.Signer.VerifierKey, other.Signer.VerifierKey], [], 0);
        var unsigned = new SignedNote(_log.Note.Text, other.Note.Signatures);

        await AssertOnly(LogFindingKind.NotConsistent, _log.Options with { Since = unsigned });
        await AssertOnly(LogFindingKind.NotConsistent, _log.Options with { Policy = policy, Since = other.Note });
    }

    private async Task AssertOnly(LogFindingKind kind, LogVerifierOptions? options = null)
    {
        var result = await _log.VerifyAsync(options);

        Assert.False(result.IsIntact);
        Assert.Equal(kind, Assert.Single(result.Findings).Kind);
    }
}
