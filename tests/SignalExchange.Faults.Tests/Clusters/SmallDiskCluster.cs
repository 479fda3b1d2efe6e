using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Faults.Tests.Clusters;

/// <summary>Silos over a PostgreSQL whose tables are on a small disk; its write-ahead log is on another one, as is advised.</summary>
/// <remarks>Without room for its write-ahead log a server ends, which is another fault: a database that crashes.</remarks>
public sealed class SmallDiskCluster : FaultyCluster
{
    private const int DiskMegabytes = 96;

    // The disk is mounted where only the server sees it; this is how others get there.
    private string Ballast => $"/proc/{Database.ProcessId}/root{Database.Data}/ballast";

    /// <summary>Leaves no room on the disk.</summary>
    internal void FillDisk() => SmallDisk.Fill(Ballast);

    /// <summary>Makes room again.</summary>
    internal void MakeRoom() => File.Delete(Ballast);

    protected override Task<PostgresServer> MakeDatabaseAsync() =>
        PostgresServer.StartNewAsync(folder => SmallDisk.LauncherAsUserFor(folder, DiskMegabytes), Ct);
}
