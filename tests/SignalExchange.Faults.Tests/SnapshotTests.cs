using SignalExchange.Faults.Tests.Clusters;

namespace SignalExchange.Faults.Tests;

/// <summary>What a silo wrote down of its index is damaged while it is down, and members go on.</summary>
[Collection(FaultsCollection.Name)]
public sealed class SnapshotTests(FaultyCluster cluster)
{
    private const int Damaged = 2;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Snapshot => Path.Combine(cluster.FileNamed($"silo-{Damaged}"), "index", "index.snapshot");

    [Fact]
    public async Task A_silo_whose_snapshot_is_damaged_reads_the_logs_and_answers_nothing_stale()
    {
        var silo = cluster.Processes[Damaged];
        var refusals = Refusals(silo);
        Action<FileStream>[] damages = [FlipTheLastByte, CutOffTheHalf];

        var history = await new Scenario(cluster).RunAsync(async _ =>
        {
            foreach (var damage in damages)
            {
                await FaultLength.LastAsync(1, 15);
                await silo.StopAsync();
                await using (var file = new FileStream(Snapshot, FileMode.Open))
                {
                    damage(file);
                }

                await silo.StartAsync(Ct);
                await silo.UntilReadyAsync(Ct);
            }

            await FaultLength.LastAsync(1, 15);
        });

        Assert.Contains(history.Reads, read => read.Silo == Damaged);
        Assert.Equal(refusals + damages.Length, Refusals(silo));
    }

    private static int Refusals(SiloProcess silo) =>
        File.ReadLines(silo.LogFile)
            .Count(line => line.Contains("does not take up the snapshot", StringComparison.Ordinal));

    private static void FlipTheLastByte(FileStream file)
    {
        file.Seek(-1, SeekOrigin.End);
        var last = file.ReadByte();
        file.Seek(-1, SeekOrigin.End);
        file.WriteByte((byte)(last ^ 1));
    }

    private static void CutOffTheHalf(FileStream file) => file.SetLength(file.Length / 2);
}
