using SignalExchange.Contracts.V1;
using SignalExchange.Faults.Tests.Clusters;
using SignalExchange.TestKit;

namespace SignalExchange.Faults.Tests;

/// <summary>The disk of a cluster's database is full: writes are refused for that reason, and go on when there is room.</summary>
public sealed class DatabaseDiskTests(SmallDiskCluster cluster) : IClassFixture<SmallDiskCluster>
{
    // Of the write itself, or of the entry about it, without which nothing is answered.
    private static readonly ErrorReason[] ReasonsOfStorage =
    [
        ErrorReason.StorageUnavailable,
        ErrorReason.LogUnavailable,
    ];

    [Fact]
    public async Task A_database_whose_disk_is_full_refuses_writes_and_loses_none_that_was_acknowledged()
    {
        await new Scenario(cluster).RunAsync(async recorder =>
        {
            await FaultLength.LastAsync(1, 10);
            cluster.FillDisk();
            var filled = recorder.Now;
            // Pages that are there already take some rows more.
            await Eventually.TrueAsync(
                () =>
                    recorder.Writes.Any(write =>
                        write.Time.Started > filled && ReasonsOfStorage.Contains(write.Reason)
                    ),
                "a write that is refused because the disk is full",
                TimeSpan.FromMilliseconds(50)
            );
            await FaultLength.LastAsync(2, 30);
            cluster.MakeRoom();
            await FaultLength.LastAsync(1, 10);
        });

        Assert.Contains(cluster.Processes, silo => HasSaid(silo, "The storage is full."));
    }

    private static bool HasSaid(SiloProcess silo, string what) =>
        File.ReadLines(silo.LogFile).Any(line => line.Contains(what, StringComparison.Ordinal));
}
