using System.Net;
using System.Net.Http.Headers;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>Offers a log's checkpoints to one witness (C2SP tlog-witness).</summary>
/// <param name="client">Sends the requests; its timeout is how long a witness is waited for.</param>
/// <param name="prefix">The witness's submission address.</param>
/// <param name="witnessKey">The witness's key.</param>
/// <remarks>For one log. Remembers what the witness signed last, so the next offer needs one request. For one caller at a time.</remarks>
public sealed class WitnessClient(HttpClient client, Uri prefix, VerifierKey witnessKey)
{
    private const int MaxAnswerBytes = 64 << 10;
    private readonly Uri _address = new(prefix.AbsoluteUri.TrimEnd('/') + "/add-checkpoint");
    private long _lastSize;

    /// <summary>Offers a checkpoint.</summary>
    /// <param name="note">The checkpoint, signed by the log.</param>
    /// <param name="tree">The log's tree, at least as large.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>What became of it. A witness that cannot be reached is an outcome, not an exception.</returns>
    public async Task<WitnessAnswer> OfferAsync(SignedNote note, ITreeReader tree, CancellationToken cancellationToken)
    {
        var size = Checkpoint.Of(note).Size;
        try
        {
            var answer = await SendAsync(note, tree, Math.Min(_lastSize, size), cancellationToken)
                .ConfigureAwait(false);
            if (answer is { Status: HttpStatusCode.Conflict, Size: { } seen } && seen <= size)
            {
                answer = await SendAsync(note, tree, seen, cancellationToken).ConfigureAwait(false);
            }

            return Judge(answer, note, size);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException
                || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            return new WitnessAnswer(WitnessOutcome.Unreachable, null, null);
        }
    }

    private async Task<Answer> SendAsync(
        SignedNote note,
        ITreeReader tree,
        long oldSize,
        CancellationToken cancellationToken
    )
    {
        var proof = await ConsistencyProof
            .MakeAsync(tree, oldSize, Checkpoint.Of(note).Size, cancellationToken)
            .ConfigureAwait(false);
        using var content = new ByteArrayContent(new AddCheckpointRequest(oldSize, proof, note).ToBytes());
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(WitnessResponse.TextType);
        using var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = content };

        // The client's own timeout ends with the headers when the body is read bounded.
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(client.Timeout);
        using var response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token)
            .ConfigureAwait(false);
        await response.Content.LoadIntoBufferAsync(MaxAnswerBytes, deadline.Token).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(deadline.Token).ConfigureAwait(false);
        return new Answer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, body);
    }

    private WitnessAnswer Judge(Answer answer, SignedNote note, long size)
    {
        var signature = answer.Status is HttpStatusCode.OK ? FindSignature(answer.Body, note) : null;
        var outcome = answer switch
        {
            _ when signature is not null => WitnessOutcome.Signed,
            { Status: HttpStatusCode.Conflict, Size: { } seen } when seen > size => WitnessOutcome.Ahead,
            { Status: >= HttpStatusCode.InternalServerError } => WitnessOutcome.Unreachable,
            _ => WitnessOutcome.Refused,
        };
        _lastSize = outcome is WitnessOutcome.Signed ? size : 0;
        return new WitnessAnswer(outcome, signature, (int)answer.Status);
    }

    // The answer's lines after the checkpoint's text are a note again; signatures of other keys on it are nobody's.
    private NoteSignature? FindSignature(byte[] body, SignedNote note)
    {
        try
        {
            byte[] bytes = [.. note.TextBytes(), (byte)'\n', .. body];
            var signed = SignedNote.Parse(bytes);
            return signed.Verify([witnessKey]).IsSigned && signed.Text == note.Text
                ? signed.Signatures.First(it => it.IsOf(witnessKey))
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private sealed record Answer(HttpStatusCode Status, string? Type, byte[] Body)
    {
        /// <summary>Gets the size that the witness says it saw last, if it says one.</summary>
        public long? Size =>
            Type == WitnessResponse.SizeType
            && Body is [.. var digits, (byte)'\n']
            && StrictText.TryParseNumber(System.Text.Encoding.ASCII.GetString(digits), out var size)
                ? size
                : null;
    }
}
