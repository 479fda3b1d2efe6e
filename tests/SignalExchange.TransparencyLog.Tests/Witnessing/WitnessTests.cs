using System.Security.Cryptography;
using System.Text;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tests.Merkle;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.TransparencyLog.Tests.Witnessing;

/// <summary>Each answer that C2SP tlog-witness asks for.</summary>
public sealed class WitnessTests : IDisposable
{
    private const string Origin = "exchange/log/a";
    private static readonly MemoryTree Tree = MemoryTree.Of(40);
    private static readonly MemoryTree Fork = new([MerkleHashing.HashLeaf("fork"u8), .. Tree.Leaves]);

    private readonly NoteSigner _log = NoteSigner.Generate(Origin, SignatureKind.Ed25519);
    private readonly NoteSigner _key = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);
    private readonly MemoryWitnessState _state = new();
    private readonly Witness _witness;

    public WitnessTests() => _witness = new Witness(_key, [_log.VerifierKey], _state);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _witness.Dispose();
        _key.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task A_log_that_grows_is_signed_and_the_signature_verifies()
    {
        foreach (var (oldSize, size) in new[] { (0, 5), (5, 5), (5, 17), (17, 40) })
        {
            var note = Sign(Tree, size);
            var answer = await OfferAsync(note, oldSize, Tree);

            Assert.Equal(200, answer.Status);
            var signed = SignedNote.Parse([.. note.TextBytes(), (byte)'\n', .. answer.Body.Span]);
            Assert.True(signed.Verify([_key.VerifierKey]).IsSigned);
            Assert.Equal(size, Checkpoint.Of(Assert.Single(_state.Checkpoints)).Size);
        }
    }

    [Fact]
    public async Task Another_size_than_the_last_is_a_conflict_that_tells_the_last()
    {
        await OfferAsync(Sign(Tree, 17), 0, Tree);

        foreach (var oldSize in new[] { 0, 5, 18 })
        {
            var answer = await OfferAsync(Sign(Tree, 40), oldSize, Tree);

            Assert.Equal((409, "text/x.tlog.size"), (answer.Status, answer.ContentType));
            Assert.Equal("17\n", Encoding.UTF8.GetString(answer.Body.Span));
        }
    }

    [Fact]
    public async Task A_fork_is_never_signed_whatever_the_proof()
    {
        await OfferAsync(Sign(Tree, 17), 0, Tree);
        await OfferAsync(Sign(Tree, 20), 17, Tree);

        Assert.Equal(422, (await OfferAsync(Sign(Fork, 30), 20, Fork)).Status);
        Assert.Equal(422, (await OfferAsync(Sign(Fork, 30), 20, Tree)).Status);
        Assert.Equal(422, (await OfferAsync(Sign(Fork, 20), 20, Fork)).Status);
        Assert.Equal(20, Checkpoint.Of(Assert.Single(_state.Checkpoints)).Size);
        Assert.Equal(Tree.Root(20), Checkpoint.Of(Assert.Single(_state.Checkpoints)).Root);
    }

    [Fact]
    public async Task A_tree_never_gets_smaller()
    {
        await OfferAsync(Sign(Tree, 20), 0, Tree);

        Assert.Equal(409, (await OfferAsync(Sign(Tree, 17), 0, Tree)).Status);
        Assert.Equal(400, (await SendAsync($"old 20\n\n{Sign(Tree, 17)}")).Status);
    }

    [Fact]
    public async Task An_empty_tree_has_the_root_of_no_leaves()
    {
        Assert.Equal(422, (await SendAsync($"old 0\n\n{Sign(new Checkpoint(Origin, 0, Tree.Root(3)))}")).Status);
        Assert.Equal(200, (await SendAsync($"old 0\n\n{Sign(Tree, 0)}")).Status);
        Assert.Equal(200, (await OfferAsync(Sign(Tree, 3), 0, Tree)).Status);
    }

    [Fact]
    public async Task A_proof_where_none_is_needed_is_refused() =>
        Assert.Equal(422, (await SendAsync($"old 0\n{Tree.Root(3)}\n\n{Sign(Tree, 3)}")).Status);

    [Fact]
    public async Task An_unknown_log_is_not_found_and_an_unknown_key_forbidden()
    {
        using var other = NoteSigner.Generate("exchange/log/b", SignatureKind.Ed25519);
        using var impostor = NoteSigner.Generate(Origin, SignatureKind.Ed25519);
        var text = new SignedNote(new Checkpoint("exchange/log/b", 3, Tree.Root(3)).ToString(), []);
        var impostors = new SignedNote(Sign(Tree, 3).Text, []);

        Assert.Equal(404, (await SendAsync($"old 0\n\n{text.With(other.Sign(text.TextBytes()))}")).Status);
        Assert.Equal(403, (await SendAsync($"old 0\n\n{impostors.With(impostor.Sign(impostors.TextBytes()))}")).Status);
        Assert.Empty(_state.Checkpoints);
    }

    [Fact]
    public async Task A_wrong_signature_is_forbidden()
    {
        var note = Sign(Tree, 3);
        var bytes = note.Signatures[0].Bytes.ToArray();
        bytes[5] ^= 1;
        var wrong = note with { Signatures = [note.Signatures[0] with { Bytes = bytes }] };

        Assert.Equal(403, (await SendAsync($"old 0\n\n{wrong}")).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("old 0\n")]
    [InlineData("old 0\n\nexchange/log/a\n3\n")]
    [InlineData("old 00\n\n{0}")]
    [InlineData("old -1\n\n{0}")]
    [InlineData("old  0\n\n{0}")]
    [InlineData("Old 0\n\n{0}")]
    [InlineData("old 0\nhash\n\n{0}")]
    [InlineData("old 0\r\n\n{0}")]
    public async Task What_is_malformed_is_a_bad_request(string body) =>
        Assert.Equal(
            400,
            (await SendAsync(body.Replace("{0}", Sign(Tree, 3).ToString(), StringComparison.Ordinal))).Status
        );

    [Fact]
    public async Task More_proof_lines_than_a_proof_can_have_are_a_bad_request()
    {
        var lines = string.Concat(Enumerable.Repeat($"{Tree.Root(3)}\n", 64));

        Assert.Equal(400, (await SendAsync($"old 0\n{lines}\n{Sign(Tree, 3)}")).Status);
    }

    [Fact]
    public async Task What_was_signed_is_served_with_the_log_s_and_the_witness_s_signatures_only()
    {
        using var stranger = NoteSigner.Generate("stranger", SignatureKind.Ed25519);
        var note = Sign(Tree, 3);
        await SendAsync($"old 0\n\n{note.With(stranger.Sign(note.TextBytes()))}");
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Origin)));

        var answer = await _witness.GetCheckpointAsync(hash, Cancelled);

        Assert.Equal(200, answer.Status);
        var served = SignedNote.Parse(answer.Body.Span);
        Assert.Equal([Origin, "witness.example"], served.Signatures.Select(it => it.Name));
        Assert.Equal(2, served.Verify([_log.VerifierKey, _key.VerifierKey]).Valid.Count);
        Assert.Equal(404, (await _witness.GetCheckpointAsync(new string('0', 64), Cancelled)).Status);
    }

    [Fact]
    public async Task Of_many_requests_at_once_one_is_signed()
    {
        await OfferAsync(Sign(Tree, 3), 0, Tree);
        var offers = Enumerable.Range(4, 30).Select(size => Task.Run(() => OfferAsync(Sign(Tree, size), 3, Tree)));

        var answers = await Task.WhenAll(offers);

        Assert.Single(answers, answer => answer.Status == 200);
        Assert.Equal(29, answers.Count(answer => answer.Status == 409));
    }

    private async Task<WitnessResponse> OfferAsync(SignedNote note, int oldSize, MemoryTree tree)
    {
        var size = (int)Checkpoint.Of(note).Size;
        var proof = await ConsistencyProof.MakeAsync(tree, Math.Min(oldSize, size), size, Cancelled);
        return await _witness.AddCheckpointAsync(new AddCheckpointRequest(oldSize, proof, note).ToBytes(), Cancelled);
    }

    private Task<WitnessResponse> SendAsync(string body) =>
        _witness.AddCheckpointAsync(Encoding.UTF8.GetBytes(body), Cancelled);

    private SignedNote Sign(MemoryTree tree, int size) => Sign(new Checkpoint(Origin, size, tree.Root(size)));

    private SignedNote Sign(Checkpoint checkpoint)
    {
        var note = new SignedNote(checkpoint.ToString(), []);
        return note.With(_log.Sign(note.TextBytes()));
    }
}
