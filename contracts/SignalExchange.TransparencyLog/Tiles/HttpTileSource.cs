using System.Net;

namespace SignalExchange.TransparencyLog.Tiles;

/// <summary>A log on a web server (C2SP tlog-tiles).</summary>
/// <param name="client">Sends the requests; the caller's. Let its handler decompress gzip, as bundles may come so.</param>
/// <param name="prefix">The log's address; with or without a slash at its end.</param>
/// <remarks>
/// Safe from any thread. 404 and 410 say that a file is absent; any other failure throws <see cref="HttpRequestException"/>.
/// </remarks>
public sealed class HttpTileSource(HttpClient client, Uri prefix) : ITileSource
{
    private readonly Uri _prefix = new(prefix.AbsoluteUri.TrimEnd('/') + "/");

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        GetAsync(CheckpointFile.Name, CheckpointFile.MaxBytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadVerifierKeyAsync(CancellationToken cancellationToken) =>
        GetAsync(VerifierKeyFile.Name, VerifierKeyFile.MaxBytes, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(TilePath path, CancellationToken cancellationToken) =>
        GetAsync(path.ToString(), path.MaxBytes, cancellationToken);

    private async ValueTask<ReadOnlyMemory<byte>?> GetAsync(
        string path,
        int maxBytes,
        CancellationToken cancellationToken
    )
    {
        using var response = await client
            .GetAsync(new Uri(_prefix, path), HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            .ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
            when (exception.HttpRequestError is HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new InvalidDataException($"{path} is longer than {maxBytes} bytes.", exception);
        }

        return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
    }
}
