using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Evaluations;

/// <summary>Works on batches of elements, as many at once as there are places, on the thread pool.</summary>
/// <param name="options">How many.</param>
/// <remarks>Safe from any thread.</remarks>
internal sealed class BatchWork(IOptions<KeyServiceOptions> options) : IDisposable
{
    private const string KeyIdField = "key_id";
    private const string ElementsField = "blinded_elements";

    private readonly EvaluationGate _gate = new(options.Value.MaxConcurrentBatches, options.Value.MaxQueuedBatches);
    private readonly int _maxQueued = options.Value.MaxQueuedBatches;

    /// <summary>Computes answers and proof of a batch.</summary>
    /// <returns>False when an element is not valid.</returns>
    internal delegate bool Compute(
        ReadOnlySpan<byte> elements,
        Span<byte> answers,
        Span<byte> proof,
        out int invalidElement
    );

    /// <summary>Returns why a batch of such a length is refused; null if it is not.</summary>
    internal static Refusal? RefuseLength(int length) =>
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

    /// <summary>Works on a batch when a place is free.</summary>
    internal async Task<EvaluateOutcome> RunAsync(
        ReadOnlyMemory<byte> elements,
        Compute compute,
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
            return await Task.Run(() => Run(elements.Span, compute), cancellationToken);
        }
        catch (ObjectDisposedException)
        {
            return EvaluateOutcome.Refused(new(ErrorReason.KeyRetired, KeyIdField)); // Destroyed since it was found.
        }
        finally
        {
            _gate.Leave();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private static EvaluateOutcome Run(ReadOnlySpan<byte> elements, Compute compute)
    {
        var answers = new byte[elements.Length];
        var proof = new byte[VoprfKey.ProofSize];
        return compute(elements, answers, proof, out var invalidElement)
            ? EvaluateOutcome.Of(new Evaluation(answers, proof))
            : EvaluateOutcome.Refused(new(ErrorReason.ElementInvalid, ElementsField, Actual: invalidElement));
    }
}
