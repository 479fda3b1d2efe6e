using System.Globalization;
using System.Text;
using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>The blob that says which version wrote a container. Written when the container is made, never changed.</summary>
internal static class LogFormat
{
    /// <summary>The version of journals' frames and of the blobs' names.</summary>
    public const int Format = 1;

    private static readonly byte[] Content = Encoding.ASCII.GetBytes(Format.ToString(CultureInfo.InvariantCulture));

    /// <summary>Writes the format of a new container, or compares that of an old one.</summary>
    /// <exception cref="StorageFormatException">The container is newer, or not ours.</exception>
    /// <exception cref="StorageUnavailableException">It can't be read or written.</exception>
    public static async Task EnsureAsync(AzureContainer container, CancellationToken cancellationToken)
    {
        var stored = await container.ReadAsync(LogBlobs.Format, cancellationToken);
        if (stored is null)
        {
            await TryAddAsync(container);
            stored = await container.ReadAsync(LogBlobs.Format, cancellationToken);
        }

        if (stored is null || !stored.AsSpan().SequenceEqual(Content))
        {
            throw new StorageFormatException(
                $"The access logs in account '{container.Account}' have a format that this version, which knows {Format}, does not "
                    + "know. Use the version that wrote them."
            );
        }
    }

    private static async Task TryAddAsync(AzureContainer container)
    {
        try
        {
            await container.AddAsync(LogBlobs.Format, Content);
        }
        catch (AzureFailureException exception)
        {
            // Another silo was quicker, or this one's reply was lost: the blob tells.
            if (exception.Failure.Kind is not (AzureFailureKind.ConditionFailed or AzureFailureKind.Unknown))
            {
                throw AzureErrors.Unavailable(exception.Failure, container.Account);
            }
        }
    }
}
