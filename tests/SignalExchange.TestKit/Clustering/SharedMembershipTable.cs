using System.Globalization;

namespace SignalExchange.TestKit.Clustering;

/// <summary>A membership table in memory, for silos of one process. Can be made to fail, as a database that is down does.</summary>
public sealed class SharedMembershipTable : IMembershipTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, (MembershipEntry Entry, string ETag)> _rows = [];
    private TableVersion _version = new(0, "0");
    private volatile Exception? _failure;

    /// <summary>Gets or sets what every call fails with from now on; null for none.</summary>
    public Exception? Failure
    {
        get => _failure;
        set => _failure = value;
    }

    public Task InitializeMembershipTable(bool tryInitTableVersion) => Do(() => 0);

    public Task DeleteMembershipTableEntries(string clusterId) =>
        Do(() =>
        {
            _rows.Clear();
            return 0;
        });

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => Do(() => 0);

    public Task<MembershipTableData> ReadRow(SiloAddress key) =>
        Do(() => new MembershipTableData([.. Rows().Where(row => row.Item1.SiloAddress.Equals(key))], _version));

    public Task<MembershipTableData> ReadAll() => Do(() => new MembershipTableData([.. Rows()], _version));

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) =>
        Do(() => !_rows.ContainsKey(entry.SiloAddress) && TryWrite(entry, tableVersion));

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) =>
        Do(() =>
            _rows.TryGetValue(entry.SiloAddress, out var row) && row.ETag == etag && TryWrite(entry, tableVersion)
        );

    public Task UpdateIAmAlive(MembershipEntry entry) =>
        Do(() =>
        {
            _rows[entry.SiloAddress].Entry.IAmAliveTime = entry.IAmAliveTime;
            return 0;
        });

    private bool TryWrite(MembershipEntry entry, TableVersion next)
    {
        if (next.VersionEtag != _version.VersionEtag)
        {
            return false;
        }

        var etag = next.Version.ToString(CultureInfo.InvariantCulture);
        _rows[entry.SiloAddress] = (CopyOf(entry), etag);
        _version = new(next.Version, etag);
        return true;
    }

    private IEnumerable<Tuple<MembershipEntry, string>> Rows() =>
        _rows.Values.Select(row => Tuple.Create(CopyOf(row.Entry), row.ETag));

    private static MembershipEntry CopyOf(MembershipEntry entry) =>
        new()
        {
            SiloAddress = entry.SiloAddress,
            Status = entry.Status,
            SuspectTimes = entry.SuspectTimes is { } times ? [.. times] : null,
            ProxyPort = entry.ProxyPort,
            HostName = entry.HostName,
            SiloName = entry.SiloName,
            RoleName = entry.RoleName,
            UpdateZone = entry.UpdateZone,
            FaultZone = entry.FaultZone,
            StartTime = entry.StartTime,
            IAmAliveTime = entry.IAmAliveTime,
        };

    private Task<T> Do<T>(Func<T> act)
    {
        if (_failure is { } failure)
        {
            return Task.FromException<T>(failure);
        }

        lock (_gate)
        {
            return Task.FromResult(act());
        }
    }
}
