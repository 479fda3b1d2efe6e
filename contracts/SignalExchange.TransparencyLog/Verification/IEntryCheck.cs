namespace SignalExchange.TransparencyLog.Verification;

/// <summary>Tells whether a sealed detail is the one that an entry commits to: what an entry's bytes mean is not this library's.</summary>
public interface IEntryCheck
{
    /// <summary>Compares an entry with its detail.</summary>
    /// <param name="index">The entry's place.</param>
    /// <param name="entry">The entry's bytes.</param>
    /// <param name="sealedDetail">The detail as it is stored; never empty.</param>
    /// <returns>Whether they belong together. Called from several threads.</returns>
    bool Fits(long index, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> sealedDetail);
}
