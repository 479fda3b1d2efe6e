using SignalExchange.Contracts.V1;
using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.Faults.Tests.Histories;

namespace SignalExchange.Faults.Tests;

/// <summary>The disk of a cluster's database is full: writes are refused for that reason, and go on when there is room.</summary>
public sealed class DatabaseDiskTests(SmallDiskCluster cluster) : IClassFixture<SmallDiskCluster>
{
    [Fact]
    public async Task A_database_whose_disk_is_full_refuses_writes_and_loses_none_that_was_acknowledged()
    {
        var full = default(Interval);

        var history = await new Scenario(cluster).RunAsync(async recorder =>
        {
            await FaultLength.LastAsync(1, 10);
            cluster.FillDisk();
            var filled = recorder.Now;
            await FaultLength.LastAsync(6, 30);
            full = new(filled, recorder.Now);
            cluster.MakeRoom();
            await FaultLength.LastAsync(1, 10);
        });

        var refused = history.Writes.Where(write => write.Time.IsWithin(full) && write.Fate == Fate.Unknown).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, write => Assert.Contains(write.Reason, ReasonsOfStorage));
    }

    // Of the write itself, or of the entry about it, without which nothing is answered.
    private static readonly ErrorReason[] ReasonsOfStorage =
    [
        ErrorReason.StorageUnavailable,
        ErrorReason.LogUnavailable,
    ];
}
