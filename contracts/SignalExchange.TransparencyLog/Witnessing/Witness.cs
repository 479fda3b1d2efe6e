using System.Security.Cryptography;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>A witness: signs that it saw a log only ever grow (C2SP tlog-witness).</summary>
/// <param name="signer">Makes the cosignatures: a key of kind <see cref="SignatureKind.Cosignature"/>.</param>
/// <param name="logKeys">The keys of the logs that it looks after.</param>
/// <param name="state">What it remembers; nobody else's.</param>
/// <remarks>Knows of no web server: it takes bodies and returns answers. Safe from any thread; one request at a time.</remarks>
public sealed class Witness(INoteSigner signer, IReadOnlyList<VerifierKey> logKeys, IWitnessState state) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Answers <c>POST add-checkpoint</c>.</summary>
    /// <param name="body">The request's body, at most <see cref="AddCheckpointRequest.MaxBytes"/>.</param>
    /// <param name="cancellationToken">Ends the work before anything is signed.</param>
    public async Task<WitnessResponse> AddCheckpointAsync(
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        AddCheckpointRequest request;
        Checkpoint checkpoint;
        try
        {
            request = AddCheckpointRequest.Parse(body.Span);
            checkpoint = Checkpoint.Of(request.Note);
        }
        catch (FormatException exception)
        {
            return WitnessResponse.Refused(WitnessDecision.Malformed, exception.Message);
        }

        // Looking up the last checkpoint and remembering the next is one step: else two requests at once could take it back.
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AnswerAsync(request, checkpoint, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Answers <c>GET &lt;origin hash&gt;/checkpoint</c>: what the witness signed last of a log.</summary>
    /// <param name="originHash">SHA-256 of the log's origin in lower-case hexadecimal digits.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<WitnessResponse> GetCheckpointAsync(string originHash, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var note = state.Checkpoints.FirstOrDefault(it => HashOf(Checkpoint.Of(it).Origin) == originHash);
            return note is null
                ? WitnessResponse.Refused(WitnessDecision.UnknownLog, "No checkpoint of that log was signed.")
                : WitnessResponse.Found(note);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<WitnessResponse> AnswerAsync(
        AddCheckpointRequest request,
        Checkpoint checkpoint,
        CancellationToken cancellationToken
    )
    {
        var last = state.Checkpoints.Select(Checkpoint.Of).FirstOrDefault(it => it.Origin == checkpoint.Origin);
        var decision = WitnessRule.Judge(request, last, logKeys);
        return decision switch
        {
            WitnessDecision.Sign => await SignAsync(request.Note, cancellationToken).ConfigureAwait(false),
            WitnessDecision.OldSizeDiffers => WitnessResponse.SizeIs(last?.Size ?? 0),
            _ => WitnessResponse.Refused(decision, ReasonFor(decision)),
        };
    }

    private async Task<WitnessResponse> SignAsync(SignedNote note, CancellationToken cancellationToken)
    {
        // Of the log's signatures only those that were verified are kept: anything else on the note is whoever's.
        var origin = Checkpoint.Of(note).Origin;
        var verified = note.Verify(logKeys.Where(key => key.Kind is SignatureKind.Ed25519 && key.Name == origin)).Valid;
        var kept = note.Signatures.Where(it => verified.Any(valid => it.IsOf(valid.Key))).DistinctBy(it => it.KeyId);
        var signature = await signer.SignAsync(note.TextBytes(), cancellationToken).ConfigureAwait(false);
        state.Save((note with { Signatures = [.. kept] }).With(signature));
        return WitnessResponse.Signed(signature);
    }

    private static string ReasonFor(WitnessDecision decision) =>
        decision switch
        {
            WitnessDecision.UnknownLog => "This witness has no key of that origin.",
            WitnessDecision.NotSignedByLog => "No trusted key of that origin signed this checkpoint.",
            WitnessDecision.Inconsistent => "The proof does not show that the log only grew.",
            _ => "The old size is above the checkpoint's.",
        };

    private static string HashOf(string origin) =>
        Convert.ToHexStringLower(SHA256.HashData(StrictText.Utf8.GetBytes(origin)));
}
