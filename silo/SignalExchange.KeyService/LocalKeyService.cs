using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Evaluations;
using SignalExchange.KeyService.Keys;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService;

/// <summary>The key service of the embedded default: keys of this process, cores of this process.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class LocalKeyService : IKeyService, IDisposable
{
    private const string KeyIdField = "key_id";
    private const string ElementsField = "blinded_elements";

    private readonly KeyStore _store;
    private readonly TimeProvider _time;
    private readonly EvaluationGate _gate;
    private readonly int _maxQueued;

    /// <summary>Creates the service; the store is disposed by its owner.</summary>
    public LocalKeyService(KeyStore store, IOptions<KeyServiceOptions> options, TimeProvider time)
    {
        _store = store;
        _time = time;
        _maxQueued = options.Value.MaxQueuedBatches;
        _gate = new EvaluationGate(options.Value.MaxConcurrentBatches, _maxQueued);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeyManifest>> GetManifestsAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<KeyManifest>>([
            .. from record in _store.Records
            let state = StateOf(record)
            where state != KeyState.Unspecified
            select ToManifest(record, state),
        ]);

    /// <inheritdoc/>
    public async Task<EvaluateOutcome> EvaluateAsync(
        KeyId keyId,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    )
    {
        if (RefuseLength(blindedElements.Length) is { } badLength)
        {
            return EvaluateOutcome.Refused(badLength);
        }

        var record = _store.Records.FirstOrDefault(record => record.KeyId == keyId);
        if (record is null || StandingOf(record) == KeyStanding.Announced)
        {
            return EvaluateOutcome.Refused(new(ErrorReason.KeyUnknown, KeyIdField));
        }

        return StandingOf(record) == KeyStanding.Retired
            ? EvaluateOutcome.Refused(new(ErrorReason.KeyRetired, KeyIdField))
            : await EvaluateInTurnAsync(record.Key, blindedElements, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static Refusal? RefuseLength(int length) =>
        (length / Ristretto.ElementSize, length % Ristretto.ElementSize) switch
        {
            (_, not 0) => new(ErrorReason.FieldMalformed, ElementsField, Ristretto.ElementSize, length),
            (0, _) => new(ErrorReason.BatchEmpty, ElementsField),
            (> Limits.MaxEvaluateBatch and var count, _) => new(
                ErrorReason.TooMany,
                ElementsField,
                Limits.MaxEvaluateBatch,
                count
            ),
            _ => null,
        };

    private static EvaluateOutcome Evaluate(VoprfKey key, ReadOnlySpan<byte> blindedElements)
    {
        var evaluated = new byte[blindedElements.Length];
        var proof = new byte[VoprfKey.ProofSize];
        return key.TryEvaluate(blindedElements, evaluated, proof, out var invalidElement)
            ? EvaluateOutcome.Of(new Evaluation(evaluated, proof))
            : EvaluateOutcome.Refused(new(ErrorReason.ElementInvalid, ElementsField, Actual: invalidElement));
    }

    private static KeyManifest ToManifest(KeyRecord record, KeyState state) =>
        new()
        {
            KeyId = record.KeyId.ToString(),
            Type = record.KeyId.Type,
            Epoch = record.KeyId.Epoch,
            PublicKey = ByteString.CopyFrom(record.Commitment.PublicKey.Span),
            CanonicalVersion = record.CanonicalVersion,
            NotBefore = record.NotBefore.ToTimestamp(),
            NotAfter = record.NotAfter.ToTimestamp(),
            State = state,
        };

    private async Task<EvaluateOutcome> EvaluateInTurnAsync(
        VoprfKey key,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    )
    {
        if (!await _gate.TryEnterAsync(cancellationToken))
        {
            return EvaluateOutcome.Refused(new(ErrorReason.EvaluateQueueFull, Limit: _maxQueued));
        }

        try
        {
            // Tens of milliseconds of one core: on the pool's threads, whoever the caller is.
            return await Task.Run(() => Evaluate(key, blindedElements.Span), cancellationToken);
        }
        finally
        {
            _gate.Leave();
        }
    }

    private KeyState StateOf(KeyRecord record) =>
        StandingOf(record) switch
        {
            KeyStanding.Active => KeyState.Active,
            KeyStanding.Retiring => KeyState.Retiring,
            _ => KeyState.Unspecified,
        };

    private KeyStanding StandingOf(KeyRecord record) =>
        KeySchedule.StandingOf(
            record,
            _store.Records.Where(other => other.KeyId.Type == record.KeyId.Type),
            _time.GetUtcNow()
        );
}
