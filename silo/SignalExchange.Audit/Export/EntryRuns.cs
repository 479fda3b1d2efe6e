using System.Runtime.CompilerServices;
using SignalExchange.AccessLog.Reading;

namespace SignalExchange.Audit.Export;

/// <summary>Reads entries of given places from the log, neighbours together.</summary>
internal static class EntryRuns
{
    private const int LongestRun = 4096;

    /// <summary>Reads them.</summary>
    /// <param name="log">The log.</param>
    /// <param name="places">The places, ascending.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async IAsyncEnumerable<LoggedEntry> ReadAsync(
        IAccessLogReader log,
        IAsyncEnumerable<long> places,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var (first, count) = (0L, 0L);
        await foreach (var place in places.WithCancellation(cancellationToken))
        {
            if (count > 0 && (place != first + count || count == LongestRun))
            {
                await foreach (var entry in log.ReadAsync(first, count, cancellationToken))
                {
                    yield return entry;
                }

                count = 0;
            }

            first = count == 0 ? place : first;
            count++;
        }

        if (count > 0)
        {
            await foreach (var entry in log.ReadAsync(first, count, cancellationToken))
            {
                yield return entry;
            }
        }
    }
}
