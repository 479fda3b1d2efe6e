using System.Globalization;

namespace SignalExchange.Faults.Tests.Network;

/// <summary>Finds which process of this machine has a port of a connection open (proc(5): /proc/net/tcp, /proc/PID/fd).</summary>
internal static class ConnectionOwner
{
    /// <summary>Stands for a process that is none of those asked about.</summary>
    public const int Stranger = -1;

    // Of a connection that its process has closed, or that went with it.
    private const string NoInode = "0";

    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Returns the place of the process among those asked about, <see cref="Stranger"/>, or null: the connection is no more.</summary>
    /// <param name="localPort">The port on the process's side.</param>
    /// <param name="remotePort">The port on the other side.</param>
    /// <param name="processes">Their ids.</param>
    public static int? Find(int localPort, int remotePort, IReadOnlyList<int> processes)
    {
        if (InodeOf(localPort, remotePort) is not { } inode)
        {
            return null;
        }

        var link = $"socket:[{inode}]";
        var owner = processes
            .Select((process, place) => Has(process, link) ? place : Stranger)
            .FirstOrDefault(place => place >= 0, Stranger);

        // A process that was killed while this looked takes its connections with it.
        return owner == Stranger && InodeOf(localPort, remotePort) != inode ? null : owner;
    }

    private static string? InodeOf(int localPort, int remotePort) =>
        Tables
            .Select(table => InodeOf(table, localPort, remotePort))
            .FirstOrDefault(found => found is not null and not NoInode);

    // Fields: slot, local and remote address as hexadecimal address:port, state, queues, timer, retransmits, user, timeout, inode.
    private static string? InodeOf(string table, int localPort, int remotePort) =>
        File.ReadLines(table)
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => PortOf(fields[1]) == localPort && PortOf(fields[2]) == remotePort)
            .Select(fields => fields[9])
            .FirstOrDefault();

    private static int PortOf(string address) =>
        int.Parse(address.AsSpan(address.LastIndexOf(':') + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static bool Has(int process, string link)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{process}/fd").Any(file => new FileInfo(file).LinkTarget == link);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
