using System.Globalization;
using SignalExchange.Silo.Hosting;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>What a silo is told that keeps its data in Azure Storage.</summary>
internal static class AzureSettings
{
    private const string Section = "--Exchange:Storage:AzureStorage:";

    /// <summary>Settings of two accounts of an Azurite, a half of the shards each, with tables and a cluster of their own.</summary>
    public static IEnumerable<string> Of(AzuriteProcess azurite, string name) =>
        [
            .. Engine,
            Section + "Accounts:0:ConnectionString",
            azurite.ConnectionString(),
            Section + "Accounts:1:ConnectionString",
            azurite.ConnectionString(account: 2),
            Section + "Accounts:1:FirstShard",
            "128",
            Section + "Prefix",
            name,
            Section + "GrainStateTable",
            name + "States",
            "--Exchange:Cluster:ClusterId",
            name,
        ];

    /// <summary>Settings that choose the engine, and one of its own.</summary>
    public static string[] With(string setting, string value) => [.. Engine, Section + setting, value];

    private static IEnumerable<string> Engine =>
        [
            "--Exchange:Storage:Engine",
            "AzureStorage",
            "--Exchange:SiloPort",
            FreePort.Find().ToString(CultureInfo.InvariantCulture),
            "--Exchange:Signals:FreshnessWait",
            "00:00:10",
        ];
}
