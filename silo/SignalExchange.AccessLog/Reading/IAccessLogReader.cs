namespace SignalExchange.AccessLog.Reading;

/// <summary>Reads this process's log.</summary>
/// <remarks>Safe from any thread. Every leaf that it returns was compared with the tree, every detail with its leaf.</remarks>
public interface IAccessLogReader
{
    /// <summary>Gets the log's origin: name of the exchange, "/log/", name of the log.</summary>
    string Origin { get; }

    /// <summary>Gets how many entries are on stable storage, published or not. Never shrinks.</summary>
    long Size { get; }

    /// <summary>Reads entries in order.</summary>
    /// <param name="first">The first index, from 0. From <see cref="Size"/> on there is nothing.</param>
    /// <param name="count">How many at most; what is written while it reads is not among them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of them is negative.</exception>
    /// <exception cref="AccessLogDamagedException">A leaf is not the one in the tree, or is lost.</exception>
    IAsyncEnumerable<LoggedEntry> ReadAsync(long first, long count, CancellationToken cancellationToken);
}
