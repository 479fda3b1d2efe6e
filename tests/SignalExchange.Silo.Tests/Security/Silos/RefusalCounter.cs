using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.Silo.Security.Silos;

namespace SignalExchange.Silo.Tests.Security.Silos;

/// <summary>Counts the certificates that a silo says it refused.</summary>
internal sealed class RefusalCounter : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _refusals = new();

    public int Count => _refusals.Count;

    public ILogger CreateLogger(string categoryName) =>
        categoryName == typeof(SiloTls).FullName ? this : NullLogger.Instance;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _refusals.Enqueue(formatter(state, exception));

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Dispose() => _refusals.Clear();
}
