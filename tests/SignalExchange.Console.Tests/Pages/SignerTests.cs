using Bunit;
using SignalExchange.Contracts.V1;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.WebConsole.Auditors;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>Who is named as having signed a checkpoint: whoever can write a note can write a line with any name.</summary>
public sealed class SignerTests : PageContext
{
    private readonly NoteSigner _log = NoteSigner.Generate("exchange/log/silo-1", SignatureKind.Ed25519);
    private readonly NoteSigner _witness = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);
    private readonly NoteSigner _stranger = NoteSigner.Generate("forger.example", SignatureKind.Cosignature);

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_witness_is_named_when_its_signature_holds_under_a_key_that_is_known()
    {
        var signers = await Judge([_witness], [_witness]);

        Assert.True(signers.IsByLog);
        Assert.Equal("witness.example", Assert.Single(signers.Witnesses).Key.Name);
        Assert.NotNull(signers.Witnesses[0].Time);
        Assert.Equal((1, 0), (signers.Asked, signers.Unknown));
    }

    [Fact]
    public async Task A_line_of_an_unknown_key_is_counted_and_not_named()
    {
        var signers = await Judge([_witness, _stranger], [_witness]);

        Assert.Equal("witness.example", Assert.Single(signers.Witnesses).Key.Name);
        Assert.Equal(1, signers.Unknown);
    }

    [Fact]
    public async Task A_line_with_a_witness_name_and_another_key_is_unknown()
    {
        using var impostor = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);

        var signers = await Judge([impostor], [_witness]);

        Assert.Empty(signers.Witnesses);
        Assert.Equal(1, signers.Unknown);
    }

    [Fact]
    public async Task A_witness_signature_of_another_checkpoint_is_unknown_and_the_other_witness_is_named_still()
    {
        using var second = NoteSigner.Generate("second.example", SignatureKind.Cosignature);
        var note = await Note([second]);
        var forged = note.With(_witness.Sign("exchange/log/silo-1\n8\n"u8));

        var signers = CheckpointSigners.Of(forged, $"{_log}", [$"{_witness}", $"{second}"]);

        Assert.Equal("second.example", Assert.Single(signers.Witnesses).Key.Name);
        Assert.Equal((2, 1), (signers.Asked, signers.Unknown));
    }

    [Fact]
    public async Task A_checkpoint_that_the_log_did_not_sign_has_no_signer_at_all()
    {
        using var other = NoteSigner.Generate("exchange/log/silo-1", SignatureKind.Ed25519);

        var signers = CheckpointSigners.Of(await Note([]), $"{other}", []);

        Assert.False(signers.IsByLog);
        Assert.Equal(1, signers.Unknown);
    }

    [Fact]
    public async Task The_page_on_integrity_names_witnesses_and_not_who_forged_a_line()
    {
        var note = await Note([_witness, _stranger]);
        Exchange.Answer(
            "GetCheckpoint",
            new GetCheckpointResponse
            {
                Checkpoint = $"{note}",
                LogKey = $"{_log}",
                ManifestKey = $"{_log}",
                WitnessKeys = { $"{_witness}" },
            }
        );
        Exchange.Answer("SearchEntries", new SearchEntriesResponse());

        var page = Render<IntegrityPage>();

        var lines = page.FindAll(".signatures li").Select(it => it.TextContent.Trim()).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Equal("exchange/log/silo-1 (the log itself)", lines[0]);
        Assert.StartsWith("witness.example (witness)", lines[1], StringComparison.Ordinal);
        Assert.Equal("One unknown signature, not verified", lines[2]);
        Assert.DoesNotContain("forger.example", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_card_of_a_proof_names_them_alike()
    {
        byte[] leaf = [1, 2, 3];
        var note = await new Checkpoint("exchange/log/silo-1", 1, MerkleHashing.HashLeaf(leaf)).SignAsync(_log, Ct);
        note = note.With(_stranger.Sign(note.TextBytes()));

        var card = Render<ProofCard>(it =>
            it.Add(
                    card => card.Proof,
                    new() { Leaf = Google.Protobuf.ByteString.CopyFrom(leaf), Checkpoint = $"{note}" }
                )
                .Add(card => card.Keys, new() { LogKey = $"{_log}", WitnessKeys = { $"{_witness}" } })
        );

        Assert.Contains("Verified", card.Markup, StringComparison.Ordinal);
        Assert.Contains("(the log itself)", card.Markup, StringComparison.Ordinal);
        Assert.Contains("One unknown signature, not verified", card.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("forger.example", card.Markup, StringComparison.Ordinal);
    }

    private async Task<CheckpointSigners> Judge(NoteSigner[] signers, NoteSigner[] known) =>
        CheckpointSigners.Of(await Note(signers), $"{_log}", [.. known.Select(it => $"{it}")]);

    private async Task<SignedNote> Note(NoteSigner[] signers)
    {
        var checkpoint = new Checkpoint("exchange/log/silo-1", 7, MerkleHashing.HashLeaf([7]));
        var note = await checkpoint.SignAsync(_log, Ct);
        return signers.Aggregate(note, (signed, signer) => signed.With(signer.Sign(signed.TextBytes())));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _log.Dispose();
        _witness.Dispose();
        _stranger.Dispose();
        base.Dispose(disposing);
    }
}
