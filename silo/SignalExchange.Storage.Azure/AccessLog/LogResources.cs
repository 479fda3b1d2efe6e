using SignalExchange.Storage.AccessLog;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>The resources that never change, tiles and bundles, a blob each.</summary>
/// <remarks>
/// They need no fence of their own: they follow from the log's records, which are fenced, so whoever is late writes what is there, or
/// a partial form that somebody deleted. Safe from any thread.
/// </remarks>
internal sealed class LogResources(AzureContainer container)
{
    /// <summary>Reads a resource; null when it is not there.</summary>
    public async Task<ReadOnlyMemory<byte>?> GetAsync(string log, string path, CancellationToken cancellationToken)
    {
        var content = await container.ReadAsync(LogBlobs.Resource(log, path), cancellationToken);

        // A bare null would become an empty memory, which is another thing.
        return content is null ? default(ReadOnlyMemory<byte>?) : content;
    }

    /// <summary>Writes a resource, or compares it with the one that is there.</summary>
    /// <exception cref="AccessLogStoredWrongException">It is there with other bytes, which stay.</exception>
    /// <exception cref="CommitUnknownException">The reply was lost, and it is not there yet.</exception>
    public async Task PutAsync(string log, string path, ReadOnlyMemory<byte> content)
    {
        try
        {
            await container.AddAsync(LogBlobs.Resource(log, path), content);
        }
        catch (AzureFailureException exception)
        {
            var failure = exception.Failure;
            if (failure.Kind is not (AzureFailureKind.ConditionFailed or AzureFailureKind.Unknown))
            {
                throw AzureErrors.Unavailable(failure, container.Account);
            }

            var stored = await GetAsync(log, path, CancellationToken.None);
            Compare(log, path, content, stored ?? throw AzureErrors.Unknown(failure, container.Account));
        }
    }

    /// <summary>Deletes the partial forms of a full resource.</summary>
    /// <exception cref="InvalidOperationException">The full one is not there.</exception>
    public async Task DeletePartialsAsync(string log, string path, CancellationToken cancellationToken)
    {
        if (await container.FindEndAsync(LogBlobs.Resource(log, path), cancellationToken) is null)
        {
            throw new InvalidOperationException($"{path} is not there: its partial forms are still needed.");
        }

        foreach (var partial in await container.ListAsync(LogBlobs.Partials(log, path), cancellationToken))
        {
            try
            {
                await container.DeleteAsync(partial.Name);
            }
            catch (AzureFailureException exception)
            {
                throw AzureErrors.Unavailable(exception.Failure, container.Account);
            }
        }
    }

    private static void Compare(string log, string path, ReadOnlyMemory<byte> content, ReadOnlyMemory<byte> stored)
    {
        if (!stored.Span.SequenceEqual(content.Span))
        {
            throw AccessLogStoredWrongException.Differs(log, path, stored, content);
        }
    }
}
