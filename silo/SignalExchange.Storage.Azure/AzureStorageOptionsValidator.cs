using System.Numerics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace SignalExchange.Storage.Azure;

/// <summary>What attributes cannot say about the settings; reports all that is wrong at once, and no secret.</summary>
internal sealed class AzureStorageOptionsValidator : IValidateOptions<AzureStorageOptions>
{
    public ValidateOptionsResult Validate(string? name, AzureStorageOptions options)
    {
        string[] failures = [.. Failures(options)];
        return failures.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(AzureStorageOptions options)
    {
        if (!BitOperations.IsPow2(options.ShardCount))
        {
            yield return "ShardCount: a power of two.";
        }

        if (options.Accounts.Count == 0)
        {
            yield return "Accounts: at least one storage account.";
        }

        for (var i = 0; i < options.Accounts.Count; i++)
        {
            foreach (var failure in Failures(options, i))
            {
                yield return $"Accounts:{i}:{failure}";
            }
        }
    }

    private static IEnumerable<string> Failures(AzureStorageOptions options, int i)
    {
        var account = options.Accounts[i];
        if (i == 0 && account.FirstShard != 0)
        {
            yield return "FirstShard: 0, since it is the first account.";
        }

        if (i > 0 && account.FirstShard <= options.Accounts[i - 1].FirstShard)
        {
            yield return "FirstShard: greater than that of the account before it.";
        }

        if (account.FirstShard >= options.ShardCount)
        {
            yield return $"FirstShard: less than ShardCount, {options.ShardCount}.";
        }

        if (account.ConnectionString is { } connection)
        {
            if (!IsConnectionString(connection))
            {
                yield return "ConnectionString: not one that Azure Storage gives out.";
            }

            if (account.TableService is { } || account.BlobService is { })
            {
                yield return "ConnectionString: either this, or TableService and BlobService.";
            }

            yield break;
        }

        if (!IsServiceAddress(account.TableService))
        {
            yield return "TableService: an https address without a query, such as https://NAME.table.core.windows.net.";
        }

        if (!IsServiceAddress(account.BlobService))
        {
            yield return "BlobService: an https address without a query, such as https://NAME.blob.core.windows.net.";
        }

        if (!options.UseManagedIdentity)
        {
            yield return "TableService: needs UseManagedIdentity; a key comes in a ConnectionString, for development.";
        }
    }

    private static bool IsConnectionString(string connection)
    {
        try
        {
            _ = new TableServiceClient(connection);
            _ = new BlobServiceClient(connection);
            return true;
        }
        catch (Exception exception)
            when (exception is FormatException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    // A token for the account must not travel in clear, and a signature does not belong into an address that is logged.
    private static bool IsServiceAddress(Uri? address) =>
        address is { IsAbsoluteUri: true, Query: "", UserInfo: "" } && address.Scheme == Uri.UriSchemeHttps;
}
