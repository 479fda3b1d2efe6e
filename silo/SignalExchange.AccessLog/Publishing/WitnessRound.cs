using System.Text;
using Microsoft.Extensions.Logging;

namespace SignalExchange.AccessLog.Publishing;

/// <summary>Asks all witnesses at once.</summary>
internal sealed class WitnessRound(
    IReadOnlyList<ICheckpointWitness> witnesses,
    AccessLogOptions options,
    Func<long, long, CancellationToken, ValueTask<IReadOnlyList<byte[]>>> proveConsistency,
    TimeProvider time,
    ILogger logger
)
{
    /// <summary>Gets whether there is anybody to ask.</summary>
    public bool Any => witnesses.Count > 0;

    /// <summary>Asks for signatures.</summary>
    /// <returns>The checkpoint with the signatures that came in time, and how many of the required ones it lacks.</returns>
    public async Task<(byte[] Note, int Missing)> CosignAsync(
        Checkpointed checkpoint,
        byte[] signed,
        CancellationToken cancellationToken
    )
    {
        var offer = new CheckpointOffer(
            checkpoint.Size,
            signed,
            (from, token) => proveConsistency(from, checkpoint.Size, token)
        );
        var answers = await Task.WhenAll(witnesses.Select(witness => AskAsync(witness, offer, cancellationToken)));
        var lines = answers.OfType<string>().ToList();
        return (
            [.. signed, .. Encoding.UTF8.GetBytes(string.Concat(lines))],
            Math.Max(0, options.RequiredWitnesses - lines.Count)
        );
    }

    private async Task<string?> AskAsync(
        ICheckpointWitness witness,
        CheckpointOffer offer,
        CancellationToken cancellationToken
    )
    {
        using var timeout = new CancellationTokenSource(options.WitnessTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await witness.CosignAsync(offer, either.Token).WaitAsync(either.Token);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            AccessLogLog.WitnessFails(logger, exception, witness.Name, options.Origin, offer.Size);
            return null;
        }
    }
}
