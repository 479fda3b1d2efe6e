using System.Globalization;
using System.Net;

namespace SignalExchange.TestKit.Membership;

/// <summary>What Orleans' membership protocol demands of an <see cref="IMembershipTable"/>. An engine's tests derive from it.</summary>
public abstract class MembershipTableConformance : IAsyncLifetime
{
    private const string Cluster = "cluster";

    private static readonly DateTime Start = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);

    private IMembershipTable? _table;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IMembershipTable Table => _table ?? throw new InvalidOperationException("No test is running.");

    public async ValueTask InitializeAsync()
    {
        _table = await CreateAsync(Cluster);
        await Table.InitializeMembershipTableAsync(true, Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await RemoveAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the table of a cluster; several of one test share the storage, which is empty at first.</summary>
    protected abstract Task<IMembershipTable> CreateAsync(string clusterId);

    /// <summary>Removes the storage.</summary>
    protected abstract ValueTask RemoveAsync();

    [Fact]
    public async Task New_table_has_a_version_and_no_silo()
    {
        var read = await Table.ReadAllAsync(Cancellation);

        Assert.Empty(read.Members);
        Assert.Equal(0, read.Version.Version);
    }

    [Fact]
    public async Task Initializing_again_leaves_everything_as_it_is()
    {
        await InsertAsync(Silo(1));

        await (await CreateAsync(Cluster)).InitializeMembershipTableAsync(true, Cancellation);

        var read = await Table.ReadAllAsync(Cancellation);
        Assert.Single(read.Members);
        Assert.Equal(1, read.Version.Version);
    }

    [Fact]
    public async Task Inserted_silo_is_read_back_whole()
    {
        var silo = Silo(1);

        Assert.True(await InsertAsync(silo));

        var (read, _) = Assert.Single((await Table.ReadRowAsync(silo.SiloAddress, Cancellation)).Members);
        AssertSame(silo, read);
    }

    [Fact]
    public async Task Row_of_a_silo_that_is_not_there_has_the_version_alone()
    {
        await InsertAsync(Silo(1));

        var read = await Table.ReadRowAsync(Silo(2).SiloAddress, Cancellation);

        Assert.Empty(read.Members);
        Assert.Equal(1, read.Version.Version);
    }

    [Fact]
    public async Task Insert_moves_the_version_by_one()
    {
        for (var version = 0; version < 4; version++)
        {
            Assert.Equal(version, (await Table.ReadAllAsync(Cancellation)).Version.Version);
            Assert.True(await InsertAsync(Silo(version)));
        }
    }

    [Fact]
    public async Task Insert_at_an_old_version_writes_nothing()
    {
        var old = (await Table.ReadAllAsync(Cancellation)).Version;
        await InsertAsync(Silo(1));

        Assert.False(await Table.InsertRowAsync(Silo(2), old.Next(), Cancellation));

        await AssertUnchangedAsync(version: 1, Silo(1));
    }

    [Fact]
    public async Task Silo_is_inserted_once()
    {
        await InsertAsync(Silo(1));

        Assert.False(await InsertAsync(Silo(1)));

        await AssertUnchangedAsync(version: 1, Silo(1));
    }

    [Fact]
    public async Task Update_changes_status_and_suspicions_and_moves_the_version()
    {
        var silo = Silo(1);
        await InsertAsync(silo);
        silo.Status = SiloStatus.Dead;
        silo.SuspectTimes = [Tuple.Create(Silo(2).SiloAddress, Start), Tuple.Create(Silo(3).SiloAddress, Start)];

        Assert.True(await UpdateAsync(silo));

        var read = await Table.ReadAllAsync(Cancellation);
        Assert.Equal(2, read.Version.Version);
        AssertSame(silo, Assert.Single(read.Members).Item1);
    }

    [Fact]
    public async Task Update_at_an_old_version_writes_nothing()
    {
        await InsertAsync(Silo(1));
        var (changed, old) = (Silo(1), await Table.ReadAllAsync(Cancellation));
        await InsertAsync(Silo(2));
        changed.Status = SiloStatus.Dead;

        Assert.False(await Table.UpdateRowAsync(changed, old.Members[0].Item2, old.Version.Next(), Cancellation));

        await AssertUnchangedAsync(version: 2, Silo(1), Silo(2));
    }

    [Fact]
    public async Task Update_of_a_silo_that_is_not_there_writes_nothing()
    {
        await InsertAsync(Silo(1));
        var read = await Table.ReadAllAsync(Cancellation);

        Assert.False(await Table.UpdateRowAsync(Silo(2), read.Members[0].Item2, read.Version.Next(), Cancellation));

        await AssertUnchangedAsync(version: 1, Silo(1));
    }

    [Fact]
    public async Task Sign_of_life_changes_neither_version_nor_etag()
    {
        var silo = Silo(1);
        await InsertAsync(silo);
        var before = await Table.ReadAllAsync(Cancellation);
        silo.IAmAliveTime = Start.AddMinutes(7);

        await Table.UpdateIAmAliveAsync(silo, Cancellation);

        var after = await Table.ReadAllAsync(Cancellation);
        Assert.Equal(before.Version.Version, after.Version.Version);
        Assert.Equal(Start.AddMinutes(7), after.Members[0].Item1.IAmAliveTime);
        after.Members[0].Item1.Status = SiloStatus.ShuttingDown;
        Assert.True(
            await Table.UpdateRowAsync(
                after.Members[0].Item1,
                before.Members[0].Item2,
                before.Version.Next(),
                Cancellation
            )
        );
    }

    [Fact]
    public async Task Of_many_silos_that_join_at_one_version_exactly_one_does()
    {
        var version = (await Table.ReadAllAsync(Cancellation)).Version.Next();

        var joined = await Task.WhenAll(
            Enumerable.Range(1, 12).Select(number => Table.InsertRowAsync(Silo(number), version, Cancellation))
        );

        Assert.Single(joined, true);
        Assert.Single((await Table.ReadAllAsync(Cancellation)).Members);
    }

    [Fact]
    public async Task Silos_that_try_again_when_they_were_late_all_join()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(number => InsertUntilDoneAsync(Silo(number))));

        var read = await Table.ReadAllAsync(Cancellation);
        Assert.Equal(8, read.Members.Count);
        Assert.Equal(8, read.Version.Version);
    }

    [Fact]
    public async Task Silos_of_one_endpoint_and_several_generations_are_several()
    {
        var (older, newer) = (Silo(1), Silo(1, generation: 2));
        await InsertAsync(older);
        await InsertAsync(newer);
        older.Status = SiloStatus.Dead;

        Assert.True(await UpdateAsync(older));

        AssertSame(newer, (await Table.ReadRowAsync(newer.SiloAddress, Cancellation)).Members[0].Item1);
        AssertSame(older, (await Table.ReadRowAsync(older.SiloAddress, Cancellation)).Members[0].Item1);
    }

    [Fact]
    public async Task Silos_that_have_long_been_dead_are_cleaned_up_and_no_others()
    {
        await InsertAsync(Silo(1, status: SiloStatus.Active));
        await InsertAsync(Silo(2, status: SiloStatus.Dead));
        await InsertAsync(Silo(3, status: SiloStatus.Dead, alive: Start.AddHours(2)));

        await Table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Start.AddHours(1)), Cancellation);

        var read = await Table.ReadAllAsync(Cancellation);
        Assert.Equal([11_001, 11_003], read.Members.Select(it => it.Item1.SiloAddress.Endpoint.Port).Order());
    }

    [Fact]
    public async Task Dead_silos_that_others_suspected_are_cleaned_up_with_the_suspicions()
    {
        var (suspected, late) = (Silo(2), Silo(3, alive: Start.AddHours(2)));
        await InsertAsync(Silo(1, status: SiloStatus.Active));
        foreach (var silo in (MembershipEntry[])[suspected, late])
        {
            await InsertAsync(silo);
            silo.Status = SiloStatus.Dead;
            silo.SuspectTimes = [Tuple.Create(Silo(1).SiloAddress, Start), Tuple.Create(Silo(4).SiloAddress, Start)];
            Assert.True(await UpdateAsync(silo));
        }

        await Table.CleanupDefunctSiloEntriesAsync(new DateTimeOffset(Start.AddHours(1)), Cancellation);

        Assert.Empty((await Table.ReadRowAsync(suspected.SiloAddress, Cancellation)).Members);
        AssertSame(late, Assert.Single((await Table.ReadRowAsync(late.SiloAddress, Cancellation)).Members).Item1);
        Assert.True(await InsertAsync(Silo(2)));
        AssertSame(
            Silo(2),
            Assert.Single((await Table.ReadRowAsync(suspected.SiloAddress, Cancellation)).Members).Item1
        );
    }

    [Fact]
    public async Task Clusters_do_not_see_each_other()
    {
        await InsertAsync(Silo(1));
        var other = await CreateAsync("other");
        await other.InitializeMembershipTableAsync(true, Cancellation);

        Assert.Empty((await other.ReadAllAsync(Cancellation)).Members);
        await other.DeleteMembershipTableEntriesAsync("other", Cancellation);

        Assert.Single((await Table.ReadAllAsync(Cancellation)).Members);
    }

    [Fact]
    public async Task Deleted_cluster_is_gone()
    {
        await InsertAsync(Silo(1));

        await Table.DeleteMembershipTableEntriesAsync(Cluster, Cancellation);

        await Table.InitializeMembershipTableAsync(true, Cancellation);
        await AssertUnchangedAsync(version: 0);
    }

    /// <summary>Makes a silo that just started; the same for the same arguments.</summary>
    protected static MembershipEntry Silo(
        int number,
        int generation = 1,
        SiloStatus status = SiloStatus.Joining,
        DateTime? alive = null
    ) =>
        new()
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, 11_000 + number, generation),
            SiloName = string.Create(CultureInfo.InvariantCulture, $"silo {number}"),
            HostName = "host",
            Status = status,
            ProxyPort = 12_000 + number,
            StartTime = Start,
            IAmAliveTime = alive ?? Start,
        };

    protected async Task<bool> InsertAsync(MembershipEntry silo)
    {
        var version = (await Table.ReadAllAsync(Cancellation)).Version;
        return await Table.InsertRowAsync(silo, version.Next(), Cancellation);
    }

    private async Task InsertUntilDoneAsync(MembershipEntry silo)
    {
        while (!await InsertAsync(silo))
        {
            // Another silo was first.
        }
    }

    private async Task<bool> UpdateAsync(MembershipEntry silo)
    {
        var row = await Table.ReadRowAsync(silo.SiloAddress, Cancellation);
        return await Table.UpdateRowAsync(silo, row.Members[0].Item2, row.Version.Next(), Cancellation);
    }

    private async Task AssertUnchangedAsync(int version, params MembershipEntry[] silos)
    {
        var read = await Table.ReadAllAsync(Cancellation);
        Assert.Equal(version, read.Version.Version);
        Assert.Equal(silos.Length, read.Members.Count);
        foreach (var silo in silos)
        {
            AssertSame(silo, read.Members.Single(it => it.Item1.SiloAddress.Equals(silo.SiloAddress)).Item1);
        }
    }

    private static void AssertSame(MembershipEntry expected, MembershipEntry actual)
    {
        Assert.Equal(expected.SiloAddress, actual.SiloAddress);
        Assert.Equal(expected.SiloName, actual.SiloName);
        Assert.Equal(expected.HostName, actual.HostName);
        Assert.Equal(expected.Status, actual.Status);
        Assert.Equal(expected.ProxyPort, actual.ProxyPort);
        Assert.Equal(expected.StartTime, actual.StartTime);
        Assert.Equal(expected.IAmAliveTime, actual.IAmAliveTime);
        Assert.Equal(expected.SuspectTimes ?? [], actual.SuspectTimes ?? []);
    }
}
