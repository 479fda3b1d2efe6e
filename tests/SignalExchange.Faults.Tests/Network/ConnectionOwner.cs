using System.Globalization;

namespace SignalExchange.Faults.Tests.Network;

/// <summary>Finds which process of this machine has a port of a connection open (proc(5): /proc/net/tcp, /proc/PID/fd).</summary>
internal static class ConnectionOwner
{
    private static readonly string[] Tables = ["/proc/net/tcp", "/proc/net/tcp6"];

    /// <summary>Returns the place of the process among those asked about; -1 if it is none of them.</summary>
    /// <param name="localPort">The port on the process's side.</param>
    /// <param name="remotePort">The port on the other side.</param>
    /// <param name="processes">Their ids.</param>
    public static int Find(int localPort, int remotePort, IReadOnlyList<int> processes)
    {
        var inode = Tables
            .Select(table => InodeOf(table, localPort, remotePort))
            .FirstOrDefault(found => found is not null);
        if (inode is null)
        {
            return -1;
        }

        var link = $"socket:[{inode}]";
        return processes
            .Select((process, place) => Has(process, link) ? place : -1)
            .FirstOrDefault(place => place >= 0, -1);
    }

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
