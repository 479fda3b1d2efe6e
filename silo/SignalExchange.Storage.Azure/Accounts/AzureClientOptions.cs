using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>How the SDK's clients make requests: over which connections, how long, how often, and telling nobody.</summary>
/// <param name="transport">The connections.</param>
/// <param name="requestTimeout">How long one request may take.</param>
internal sealed class AzureClientOptions(HttpPipelineTransport transport, TimeSpan requestTimeout)
{
    private const int ReadRetries = 3;

    public TableClientOptions TableReads() => Prepared(new TableClientOptions());

    public TableClientOptions TableWrites() => ForWrites(Prepared(new TableClientOptions()));

    public BlobClientOptions BlobReads() => Prepared(new BlobClientOptions());

    public BlobClientOptions BlobWrites() => ForWrites(Prepared(new BlobClientOptions()));

    private static TOptions ForWrites<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        options.RetryPolicy = new ThrottleRetryPolicy();
        return options;
    }

    // The SDK logs addresses, and addresses hold tokens; its spans and its header tell what nobody has to know.
    private TOptions Prepared<TOptions>(TOptions options)
        where TOptions : ClientOptions
    {
        options.Transport = transport;
        options.Diagnostics.IsLoggingEnabled = false;
        options.Diagnostics.IsLoggingContentEnabled = false;
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.IsTelemetryEnabled = false;
        options.Retry.NetworkTimeout = requestTimeout;
        options.Retry.MaxRetries = ReadRetries;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        return options;
    }
}
