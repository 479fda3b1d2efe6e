using System.Globalization;
using System.Net;
using Azure.Data.Tables;

namespace SignalExchange.Membership.Azure;

/// <summary>Silos as rows, in the layout of Microsoft.Orleans.Clustering.AzureStorage, and back.</summary>
/// <remarks>
/// <code>
/// table      OrleansSiloInstances
/// partition  the cluster's id
/// row        ADDRESS-PORT-GENERATION, a silo: all of it text, times as Orleans logs them, suspicions joined by |
///            VersionRow, the table's version in MembershipVersion
/// </code>
/// Later versions of that package also write the rows !Start and ~End around all others, and do without them.
/// </remarks>
internal static class SiloRows
{
    public const string Table = "OrleansSiloInstances";
    public const string Version = "VersionRow";

    private const string MembershipVersion = "MembershipVersion";
    private const string DeploymentId = "DeploymentId";
    private const string Address = "Address";
    private const string Port = "Port";
    private const string Generation = "Generation";
    private const string HostName = "HostName";
    private const string Status = "Status";
    private const string ProxyPort = "ProxyPort";
    private const string RoleName = "RoleName";
    private const string SiloName = "SiloName";
    private const string InstanceName = "InstanceName";
    private const string UpdateZone = "UpdateZone";
    private const string FaultZone = "FaultZone";
    private const string SuspectingSilos = "SuspectingSilos";
    private const string SuspectingTimes = "SuspectingTimes";
    private const string StartTime = "StartTime";
    private const string IAmAliveTime = "IAmAliveTime";
    private const char Separator = '|';

    public static string KeyOf(SiloAddress silo) =>
        string.Create(CultureInfo.InvariantCulture, $"{silo.Endpoint.Address}-{silo.Endpoint.Port}-{silo.Generation}");

    /// <summary>Whether a row is a silo's: its key begins with an address.</summary>
    public static bool IsSilo(TableEntity row) => row.ContainsKey(Address);

    public static TableEntity OfVersion(string cluster, int version) =>
        new(cluster, Version)
        {
            [DeploymentId] = cluster,
            [MembershipVersion] = version.ToString(CultureInfo.InvariantCulture),
        };

    public static int VersionOf(TableEntity row) => Number(row, MembershipVersion);

    public static TableEntity Of(string cluster, MembershipEntry silo) =>
        new(cluster, KeyOf(silo.SiloAddress))
        {
            [DeploymentId] = cluster,
            [Address] = silo.SiloAddress.Endpoint.Address.ToString(),
            [Port] = Text(silo.SiloAddress.Endpoint.Port),
            [Generation] = Text(silo.SiloAddress.Generation),
            [HostName] = silo.HostName,
            [Status] = silo.Status.ToString(),
            [ProxyPort] = Text(silo.ProxyPort),
            [RoleName] = silo.RoleName,
            [SiloName] = silo.SiloName,
            [InstanceName] = silo.SiloName,
            [UpdateZone] = Text(silo.UpdateZone),
            [FaultZone] = Text(silo.FaultZone),
            [SuspectingSilos] = Joined(silo, suspicion => suspicion.Item1.ToParsableString()),
            [SuspectingTimes] = Joined(silo, suspicion => LogFormatter.PrintDate(suspicion.Item2)),
            [StartTime] = LogFormatter.PrintDate(silo.StartTime),
            [IAmAliveTime] = LogFormatter.PrintDate(silo.IAmAliveTime),
        };

    /// <summary>Returns what a sign of life changes of a silo's row.</summary>
    public static TableEntity OfSignOfLife(string cluster, MembershipEntry silo) =>
        new(cluster, KeyOf(silo.SiloAddress)) { [IAmAliveTime] = LogFormatter.PrintDate(silo.IAmAliveTime) };

    public static MembershipEntry SiloOf(TableEntity row)
    {
        var silo = new MembershipEntry
        {
            SiloAddress = AddressOf(row, Port),
            HostName = row.GetString(HostName),
            Status = Enum.Parse<SiloStatus>(row.GetString(Status)),
            ProxyPort = Number(row, ProxyPort),
            RoleName = row.GetString(RoleName),
            SiloName = row.GetString(SiloName) ?? row.GetString(InstanceName),
            UpdateZone = Number(row, UpdateZone),
            FaultZone = Number(row, FaultZone),
            StartTime = Time(row, StartTime),
            IAmAliveTime = Time(row, IAmAliveTime),
        };
        foreach (var (suspecting, time) in Parts(row, SuspectingSilos).Zip(Parts(row, SuspectingTimes)))
        {
            silo.AddSuspector(SiloAddress.FromParsableString(suspecting), LogFormatter.ParseDate(time));
        }

        return silo;
    }

    /// <summary>Returns where a silo takes clients.</summary>
    public static SiloAddress GatewayOf(TableEntity row) => AddressOf(row, ProxyPort);

    private static SiloAddress AddressOf(TableEntity row, string port) =>
        SiloAddress.New(IPAddress.Parse(row.GetString(Address)), Number(row, port), Number(row, Generation));

    private static string Joined(MembershipEntry silo, Func<Tuple<SiloAddress, DateTime>, string> part) =>
        string.Join(Separator, (silo.SuspectTimes ?? []).Select(part));

    private static string[] Parts(TableEntity row, string property) =>
        row.GetString(property)?.Split(Separator, StringSplitOptions.RemoveEmptyEntries) ?? [];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(TableEntity row, string property) =>
        row.GetString(property) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;

    private static DateTime Time(TableEntity row, string property) =>
        row.GetString(property) is { Length: > 0 } text ? LogFormatter.ParseDate(text) : default;
}
