using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>A witness that is asked over HTTP.</summary>
internal sealed class HttpCheckpointWitness : ICheckpointWitness, IDisposable
{
    // A witness may move: its address is looked up again now and then.
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http = new(
        new SocketsHttpHandler { PooledConnectionLifetime = ConnectionLifetime },
        disposeHandler: true
    );

    private readonly WitnessClient _client;

    private HttpCheckpointWitness(Uri address, VerifierKey key) =>
        (Name, _client) = (key.Name, new WitnessClient(_http, address, key));

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Makes the witness of valid options.</summary>
    public static ICheckpointWitness Of(WitnessOptions options) =>
        new HttpCheckpointWitness(options.Address!, VerifierKey.Parse(options.VerifierKey));

    /// <summary>Whether a witness can be made of them.</summary>
    public static bool IsValid(WitnessOptions options)
    {
        try
        {
            return options.Address is { IsAbsoluteUri: true, Scheme: "http" or "https" }
                && VerifierKey.Parse(options.VerifierKey).Kind is SignatureKind.Cosignature;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<NoteSignature> CosignAsync(
        SignedNote checkpoint,
        ITreeReader tree,
        CancellationToken cancellationToken
    )
    {
        var answer = await _client.OfferAsync(checkpoint, tree, cancellationToken);
        return answer.Signature
            ?? throw new IOException($"Witness '{Name}' did not sign: {answer.Outcome} (status {answer.Status}).");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
