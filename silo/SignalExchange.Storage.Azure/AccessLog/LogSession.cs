using System.Collections.Concurrent;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Logging;
using SignalExchange.Storage.Azure.Accounts;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>All that an open storage of access logs holds.</summary>
internal sealed class LogSession : IAsyncDisposable
{
    private readonly AzureAccounts _accounts;
    private readonly AzureContainer _container;
    private readonly JournalLimits _limits;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, Journal> _journals = [];

    private LogSession(AzureAccounts accounts, AzureContainer container, JournalLimits limits, ILogger logger)
    {
        (_accounts, _container, _limits, _logger) = (accounts, container, limits, logger);
        Resources = new(container);
        AzureStorageLog.AccessLogsOpened(logger, container.Account);
    }

    public LogResources Resources { get; }

    /// <summary>Makes or checks the container.</summary>
    public static async Task<LogSession> OpenAsync(
        AzureStorageOptions options,
        JournalLimits limits,
        Func<HttpPipelineTransport, HttpPipelineTransport>? around,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        var accounts = new AzureAccounts(options, new(around));
        try
        {
            var container = accounts.First.Container(NameOf(options));
            await container.CreateIfAbsentAsync(cancellationToken);
            await LogFormat.EnsureAsync(container, cancellationToken);
            return new(accounts, container, limits, logger);
        }
        catch
        {
            accounts.Dispose();
            throw;
        }
    }

    /// <summary>Returns the container's name: containers have no upper case.</summary>
    public static string NameOf(AzureStorageOptions options) => $"{options.Prefix.ToLowerInvariant()}-access-logs";

    public Journal JournalOf(string log) => _journals.GetOrAdd(log, name => new Journal(_container, name, _limits));

    /// <summary>Waits for the writes that run, and lets go of the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var journal in _journals.Values)
        {
            await journal.DisposeAsync();
        }

        _accounts.Dispose();
        AzureStorageLog.AccessLogsClosed(_logger, _container.Account);
    }
}
