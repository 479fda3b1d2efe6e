using Microsoft.Extensions.Options;
using SignalExchange.Membership.Azure;
using SignalExchange.Storage.Azure;

namespace SignalExchange.Silo.Hosting;

/// <summary>The engine on Azure Storage: data, access logs and membership in accounts that all silos share.</summary>
internal static class AzureStorageEngine
{
    /// <summary>Adds the stores in the accounts, and a cluster whose silos find each other in the first.</summary>
    public static IHostApplicationBuilder AddAzureStorageEngine(
        this IHostApplicationBuilder builder,
        ExchangeOptions options,
        IConfigurationSection section
    )
    {
        builder.Services.AddAzureStorage(storage =>
        {
            section.Bind(storage);
            storage.ShardCount = options.ShardCount;
        });
        builder.Services.AddSiloIdentity();
        builder
            .Services.AddOptions<SiloIdentityOptions>()
            .Validate(
                static identity => IsKey(identity.ClusterId),
                $"{SiloIdentityOptions.Section}:ClusterId: without / \\ # ? and control characters, which keys in Azure Tables can't have."
            );
        builder
            .Services.AddOptions<AzureStorageOptions>()
            .Configure<IOptions<SiloIdentityOptions>>(
                static (storage, identity) => storage.ServiceId = identity.Value.ServiceId
            );
        return builder.UseOrleans(silo => silo.Services.AddAzureMembership());
    }

    private static bool IsKey(string id) => !id.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c));
}
