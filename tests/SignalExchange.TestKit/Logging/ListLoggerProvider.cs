using Microsoft.Extensions.Logging;

namespace SignalExchange.TestKit.Logging;

/// <summary>Keeps what a whole host logs, of every category.</summary>
public sealed class ListLoggerProvider : ILoggerProvider
{
    private readonly ListLogger<ListLoggerProvider> _log = new();

    /// <summary>Gets what was logged so far.</summary>
    public IReadOnlyCollection<string> Lines => _log.Lines;

    public ILogger CreateLogger(string categoryName) => _log;

    public void Dispose() { }
}
