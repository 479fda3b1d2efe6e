using System.Security.Cryptography;

namespace SignalExchange.Client.Bulk;

/// <summary>How long to wait before something is tried again: twice as long each time, up to a limit, and never quite the same.</summary>
/// <remarks>For one flow at a time.</remarks>
internal sealed class Backoff
{
    /// <summary>The longest wait.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);

    private int _failures;

    /// <summary>Begins anew: something went well.</summary>
    public void Reset() => _failures = 0;

    /// <summary>Returns the next wait: a random part, at least half, of the present limit, so that clients do not come back all at once.</summary>
    public TimeSpan Next()
    {
        var limit = First * Math.Pow(2, Math.Min(_failures++, 16));
        limit = limit < Longest ? limit : Longest;
        return limit * (RandomNumberGenerator.GetInt32(500, 1001) / 1000.0);
    }
}
