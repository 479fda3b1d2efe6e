namespace SignalExchange.Grains.People;

/// <summary>Attempts to sign in under names that nobody has: to whoever guesses, they are counted, written and locked as those of an account are.</summary>
/// <remarks>Keys 0 to 15: a name's is the lower half of its digest's first byte.</remarks>
[Alias("signalexchange.unknown-names")]
public interface IUnknownNamesGrain : IGrainWithIntegerKey
{
    /// <summary>Begins an attempt, which can only be wrong.</summary>
    /// <param name="nameDigest">A keyed hash of the name, 32 bytes.</param>
    /// <returns>An answer without credentials.</returns>
    [Alias("BeginAttempt")]
    Task<AttemptReply> BeginAttempt(byte[] nameDigest);
}
