namespace SignalExchange.AccessLog.Publishing;

/// <summary>Somebody outside who signs that the log only grows: https://c2sp.org/tlog-witness.</summary>
public interface ICheckpointWitness
{
    /// <summary>Gets the name of its key.</summary>
    string Name { get; }

    /// <summary>Asks for its signature.</summary>
    /// <returns>Its signature line, which was verified with its key, with the newline.</returns>
    /// <remarks>Anything thrown counts as no signature; the log goes on.</remarks>
    Task<string> CosignAsync(CheckpointOffer offer, CancellationToken cancellationToken);
}
