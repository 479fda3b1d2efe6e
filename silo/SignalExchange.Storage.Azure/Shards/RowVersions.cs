using System.Collections.Concurrent;
using SignalExchange.Contracts;

namespace SignalExchange.Storage.Azure.Shards;

/// <summary>Remembers the ETags of the rows that were read or written last, so that most commits need not read before they write.</summary>
/// <remarks>
/// Safe from any thread. Only a hint: what is remembered wrongly is refused by the service, and read again. Two generations;
/// when the young one is full the old one goes, so between <see cref="Capacity"/> and twice as many are kept.
/// </remarks>
internal sealed class RowVersions
{
    /// <summary>How many are kept at least.</summary>
    public const int Capacity = 32_768;

    private ConcurrentDictionary<Token, RowVersion> _young = new();
    private ConcurrentDictionary<Token, RowVersion> _old = new();
    private int _count;

    /// <summary>Finds what is remembered of a row.</summary>
    public bool TryGet(Token token, out RowVersion version) =>
        Volatile.Read(ref _young).TryGetValue(token, out version)
        || Volatile.Read(ref _old).TryGetValue(token, out version);

    /// <summary>Remembers a row.</summary>
    public void Set(Token token, RowVersion version)
    {
        Volatile.Read(ref _young)[token] = version;
        if (Interlocked.Increment(ref _count) % Capacity == 0)
        {
            Volatile.Write(ref _old, Interlocked.Exchange(ref _young, new()));
        }
    }
}
