using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Where the search index stands, and what it must be told.</summary>
/// <remarks>Safe from any thread.</remarks>
public interface ISearchFollower
{
    /// <summary>Gets how many entries of the log the index has taken in.</summary>
    long IndexedSize { get; }

    /// <summary>Waits until the index has taken in an entry: after a review was logged, so that its author sees it.</summary>
    /// <param name="index">The entry's place.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    Task WaitForAsync(long index, CancellationToken cancellationToken);

    /// <summary>Reads all of the index, and compares it with what was written. A damaged one is made anew from the log within moments.</summary>
    /// <returns>What is wrong with it; null when nothing is.</returns>
    /// <exception cref="Storage.StorageUnavailableException">It could not be read.</exception>
    Task<string?> FindDamageAsync(CancellationToken cancellationToken);

    /// <summary>Makes the index forget what entries of a period said, after their key was destroyed.</summary>
    /// <returns>How many entries it forgot. A repeated call forgets none.</returns>
    Task<long> ForgetAsync(LogPeriod period, LogRetention retention, CancellationToken cancellationToken);
}
