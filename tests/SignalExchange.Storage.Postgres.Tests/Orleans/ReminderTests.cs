using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace SignalExchange.Storage.Postgres.Tests.Orleans;

/// <summary>Orleans' reminders on our tables, by its own provider and our queries.</summary>
public sealed class ReminderTests(CleanDatabases databases) : IAsyncLifetime
{
    private const string Name = "sweep";

    private static readonly DateTime Start = new(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc);
    private static readonly GrainId Grain = GrainId.Create("member", "acme");

    private OrleansTables? _tables;
    private IHost? _host;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IReminderTable Table => _host!.Services.GetRequiredService<IReminderTable>();

    public async ValueTask InitializeAsync()
    {
        _tables = await OrleansTables.CreateAsync(databases, Ct);
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering();
            silo.UseAdoNetReminderService(
                (AdoNetReminderTableOptions options) =>
                    (options.Invariant, options.DataSource) = ("Npgsql", _tables.Source)
            );
        });
        _host = builder.Build(); // Never started: the table is enough.
        await Table.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        _host?.Dispose();
        await _tables!.DisposeAsync();
    }

    [Fact]
    public async Task Reminder_is_read_back_whole()
    {
        var etag = await UpsertAsync(Grain, Name, TimeSpan.FromDays(60));

        var read = await Table.ReadRow(Grain, Name, Ct);

        Assert.Equal((Grain, Name, Start, TimeSpan.FromDays(60), etag), Parts(read));
        Assert.Null(await Table.ReadRow(Grain, "other", Ct));
    }

    [Fact]
    public async Task Written_again_it_has_another_etag()
    {
        var first = await UpsertAsync(Grain, Name, TimeSpan.FromMinutes(1));
        var second = await UpsertAsync(Grain, Name, TimeSpan.FromMinutes(2));

        Assert.NotEqual(first, second);
        Assert.Equal(TimeSpan.FromMinutes(2), Assert.Single((await Table.ReadRows(Grain, Ct)).Reminders).Period);
    }

    [Fact]
    public async Task Only_the_last_etag_removes_it_even_when_it_was_made_anew()
    {
        var first = await UpsertAsync(Grain, Name);
        var second = await UpsertAsync(Grain, Name);

        Assert.False(await Table.RemoveRow(Grain, Name, first, Ct));
        Assert.True(await Table.RemoveRow(Grain, Name, second, Ct));
        Assert.False(await Table.RemoveRow(Grain, Name, second, Ct));

        await UpsertAsync(Grain, Name);
        Assert.False(await Table.RemoveRow(Grain, Name, first, Ct));
        Assert.False(await Table.RemoveRow(Grain, Name, second, Ct));
        Assert.NotNull(await Table.ReadRow(Grain, Name, Ct));
    }

    [Fact]
    public async Task Of_many_removals_exactly_one_succeeds()
    {
        var etag = await UpsertAsync(Grain, Name);

        var removed = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Table.RemoveRow(Grain, Name, etag, Ct)));

        Assert.Single(removed, true);
    }

    [Fact]
    public async Task Ranges_of_the_ring_hold_each_reminder_once()
    {
        GrainId[] grains = [.. Enumerable.Range(0, 40).Select(i => GrainId.Create("member", $"m{i}"))];
        foreach (var grain in grains)
        {
            await UpsertAsync(grain, Name);
        }

        uint[] ends = [0x1000_0000, 0x7FFF_FFFF, 0x8000_0000, 0xF000_0000];
        var found = new List<GrainId>();
        for (var i = 0; i < ends.Length; i++)
        {
            // From one end to the next, the first one excluded; the last range runs over the end of the ring.
            var (begin, end) = (ends[i], ends[(i + 1) % ends.Length]);
            var rows = (await Table.ReadRows(begin, end, Ct)).Reminders;
            Assert.All(rows, row => Assert.True(IsIn(row.GrainId.GetUniformHashCode(), begin, end)));
            found.AddRange(rows.Select(row => row.GrainId));
        }

        Assert.Equal(grains.Order(), found.Order());
    }

    private static bool IsIn(uint hash, uint begin, uint end) =>
        begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static (GrainId, string, DateTime, TimeSpan, string?) Parts(ReminderEntry? entry) =>
        (entry!.GrainId, entry.ReminderName, entry.StartAt, entry.Period, entry.ETag);

    private async Task<string> UpsertAsync(GrainId grain, string name, TimeSpan? period = null) =>
        (
            await Table.UpsertRow(
                new()
                {
                    GrainId = grain,
                    ReminderName = name,
                    StartAt = Start,
                    Period = period ?? TimeSpan.FromMinutes(1),
                },
                Ct
            )
        )!;
}
