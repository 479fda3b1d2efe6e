namespace SignalExchange.Clustering.Pulses;

/// <summary>The newest version of the membership that any silo has named to this one. Safe from any thread.</summary>
internal sealed class HeardVersion
{
    private long _newest;

    /// <summary>Takes note of a version.</summary>
    /// <returns>The newest so far.</returns>
    public long Newest(long version)
    {
        long before;
        while ((before = Interlocked.Read(ref _newest)) < version)
        {
            Interlocked.CompareExchange(ref _newest, version, before);
        }

        return before;
    }
}
