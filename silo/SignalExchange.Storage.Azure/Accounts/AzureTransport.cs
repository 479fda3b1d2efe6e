using Azure.Core.Pipeline;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>The connections to all accounts, and what is told about them: nothing.</summary>
/// <remarks>A row's address holds its token, so requests must not become spans: the handler makes no activities.</remarks>
internal sealed class AzureTransport : IDisposable
{
    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            ActivityHeadersPropagator = null,
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // An account that moves has another address; the name is looked up again.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        }
    )
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Makes the connections when they are needed.</summary>
    /// <param name="around">What stands between the SDK and them; null for nothing. Tests make faults with it.</param>
    public AzureTransport(Func<HttpPipelineTransport, HttpPipelineTransport>? around)
    {
        var transport = new HttpClientTransport(_client);
        Pipeline = around?.Invoke(transport) ?? transport;
    }

    public HttpPipelineTransport Pipeline { get; }

    public void Dispose() => _client.Dispose();
}
