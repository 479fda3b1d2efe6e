using Microsoft.Extensions.Logging;
using SignalExchange.AccessLog.Writing;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>Asks all witnesses at once.</summary>
internal sealed class WitnessRound(
    IReadOnlyList<ICheckpointWitness> witnesses,
    AccessLogOptions options,
    Func<ITreeReader> readTree,
    LogState state,
    AccessLogMetrics metrics,
    TimeProvider time,
    ILogger logger
)
{
    /// <summary>Gets whether there is anybody to ask.</summary>
    public bool Any => witnesses.Count > 0;

    /// <summary>Asks for signatures.</summary>
    /// <returns>The checkpoint with the signatures that came in time, and how many of the required ones it lacks.</returns>
    public async Task<(SignedNote Note, int Missing)> CosignAsync(
        SignedNote signed,
        CancellationToken cancellationToken
    )
    {
        var answers = await Task.WhenAll(witnesses.Select(witness => AskAsync(witness, signed, cancellationToken)));
        var signatures = answers.OfType<NoteSignature>().ToList();
        metrics.NoteWitnesses(signatures.Count, options.RequiredWitnesses);
        var note = signatures.Aggregate(signed, (note, signature) => note.With(signature));
        return (note, Math.Max(0, options.RequiredWitnesses - signatures.Count));
    }

    private async Task<NoteSignature?> AskAsync(
        ICheckpointWitness witness,
        SignedNote signed,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(options.WitnessTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var signature = await witness.CosignAsync(signed, readTree(), either.Token).WaitAsync(either.Token);
            state.NoteSigned(signature);
            return signature;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            AccessLogLog.WitnessFails(logger, exception, witness.Name, options.Origin, Checkpoint.Of(signed).Size);
            return null;
        }
    }
}
