using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using SignalExchange.Storage.Azure;
using SignalExchange.TestKit.Azurite;

namespace SignalExchange.Membership.Azure.Tests;

/// <summary>The rows are those of Microsoft.Orleans.Clustering.AzureStorage, to the letter.</summary>
public sealed class LayoutTests(AzuriteFixture azurite) : IDisposable
{
    private const string Cluster = "layout";

    private static readonly DateTime Start = new(2026, 5, 4, 12, 0, 0, 7, DateTimeKind.Utc);

    private readonly AzureConnections _connections = AzuriteConnections.To(azurite.Azurite);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AzureMembershipTable Table => new(_connections, Options.Create(new ClusterOptions { ClusterId = Cluster }));

    private TableClient Rows => _connections.Tables.GetTableClient("OrleansSiloInstances");

    public void Dispose() => _connections.Dispose();

    [Fact]
    public async Task Silo_and_version_are_rows_of_text()
    {
        var table = Table;
        await table.InitializeMembershipTableAsync(false, Cancellation);
        await table.DeleteMembershipTableEntriesAsync(Cluster, Cancellation);
        await table.InitializeMembershipTableAsync(true, Cancellation);
        var version = (await table.ReadAllAsync(Cancellation)).Version;
        await table.InsertRowAsync(Silo(), version.Next(), Cancellation);

        await AssertRowAsync(
            "10.1.2.3-11111-7",
            new()
            {
                ["DeploymentId"] = Cluster,
                ["Address"] = "10.1.2.3",
                ["Port"] = "11111",
                ["Generation"] = "7",
                ["HostName"] = "host",
                ["Status"] = "Active",
                ["ProxyPort"] = "30000",
                ["RoleName"] = "role",
                ["SiloName"] = "silo",
                ["InstanceName"] = "silo",
                ["UpdateZone"] = "1",
                ["FaultZone"] = "2",
                ["SuspectingSilos"] = "10.1.2.4:11111@8|10.1.2.5:11111@9",
                ["SuspectingTimes"] = "2026-05-04 12:00:00.007 GMT|2026-05-04 12:00:00.007 GMT",
                ["StartTime"] = "2026-05-04 12:00:00.007 GMT",
                ["IAmAliveTime"] = "2026-05-04 12:00:00.007 GMT",
            }
        );
        await AssertRowAsync("VersionRow", new() { ["DeploymentId"] = Cluster, ["MembershipVersion"] = "1" });
    }

    [Fact]
    public async Task Rows_that_later_versions_of_the_package_put_around_the_silos_are_none()
    {
        var table = Table;
        await table.InitializeMembershipTableAsync(true, Cancellation);
        var before = await table.ReadAllAsync(Cancellation);
        foreach (var key in new[] { "!Start", "~End" })
        {
            var row = new TableEntity(Cluster, key) { ["DeploymentId"] = Cluster, ["MembershipVersion"] = "0" };
            await Rows.UpsertEntityAsync(row, cancellationToken: Cancellation);
        }

        var after = await table.ReadAllAsync(Cancellation);

        Assert.Equal(before.Members.Count, after.Members.Count);
        Assert.Equal(before.Version.VersionEtag, after.Version.VersionEtag);
        await table.CleanupDefunctSiloEntriesAsync(DateTimeOffset.MaxValue, Cancellation);
        Assert.True(
            (await Rows.GetEntityIfExistsAsync<TableEntity>(Cluster, "~End", cancellationToken: Cancellation)).HasValue
        );
    }

    private static MembershipEntry Silo() =>
        new()
        {
            SiloAddress = SiloAddress.New(IPAddress.Parse("10.1.2.3"), 11_111, 7),
            HostName = "host",
            Status = SiloStatus.Active,
            ProxyPort = 30_000,
            RoleName = "role",
            SiloName = "silo",
            UpdateZone = 1,
            FaultZone = 2,
            StartTime = Start,
            IAmAliveTime = Start,
            SuspectTimes =
            [
                Tuple.Create(SiloAddress.New(IPAddress.Parse("10.1.2.4"), 11_111, 8), Start),
                Tuple.Create(SiloAddress.New(IPAddress.Parse("10.1.2.5"), 11_111, 9), Start),
            ],
        };

    private async Task AssertRowAsync(string key, Dictionary<string, string> expected)
    {
        var row = (await Rows.GetEntityAsync<TableEntity>(Cluster, key, cancellationToken: Cancellation)).Value;
        string[] system = ["odata.etag", "PartitionKey", "RowKey", "Timestamp"];
        Assert.Equal(
            expected.OrderBy(property => property.Key, StringComparer.Ordinal).Select(it => (it.Key, (object)it.Value)),
            row.Where(property => !system.Contains(property.Key))
                .OrderBy(property => property.Key, StringComparer.Ordinal)
                .Select(it => (it.Key, it.Value))
        );
    }
}
