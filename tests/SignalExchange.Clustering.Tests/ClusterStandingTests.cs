using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SignalExchange.Clustering.Pulses;
using SignalExchange.TestKit;

namespace SignalExchange.Clustering.Tests;

/// <summary>A silo knows within a limit whether its view of the cluster is the newest.</summary>
public sealed class ClusterStandingTests : IAsyncLifetime
{
    private readonly LostSilo _lost = new();
    private readonly TestSilos _silos;

    public ClusterStandingTests() =>
        _silos = new(silo =>
        {
            silo.Services.Configure<StandingOptions>(options => options.PulseInterval = TimeSpan.FromMilliseconds(100));
            silo.AddClusterStanding();
            silo.Services.AddSingleton<IPulses>(services => new LosingPulses(new PulseClient(services), _lost));
        });

    public async ValueTask InitializeAsync()
    {
        for (var count = 0; count < 3; count++)
        {
            await _silos.Start();
        }

        await Until(
            () => _silos.All.All(silo => ViewOf(silo).Active.Length == 3 && StandingOf(silo).Holds),
            "three silos that know each other"
        );
    }

    public ValueTask DisposeAsync()
    {
        _silos.Table.Failure = null; // A silo that stops says so there, and would try for minutes.
        return _silos.DisposeAsync();
    }

    [Fact]
    public void All_silos_agree_on_who_is_responsible()
    {
        var owners = _silos.All.Select(silo => ViewOf(silo).OwnersOf(256)).ToList();

        Assert.All(owners, of => Assert.Equal(owners[0], of));
        Assert.Equal(3, owners[0].Distinct().Count());
    }

    [Fact]
    public async Task Table_that_is_out_of_reach_is_made_up_for_when_every_other_silo_answers()
    {
        _silos.Table.Failure = new IOException("The database is down.");
        var outage = Moment.Now(TimeProvider.System);
        await Until(
            () =>
                Moment.Never != outage
                && outage.AgeAt(Moment.Now(TimeProvider.System), TimeProvider.System).TotalSeconds > 3,
            "more than a view may be old"
        );

        var late = Moment.Now(TimeProvider.System);
        await Until(
            () =>
                _silos.All.All(silo => StandingOf(silo).Holds && StandingOf(silo).Confirmed.Timestamp > late.Timestamp),
            "standing without a table"
        );
    }

    [Fact]
    public async Task Silo_that_cannot_ask_everybody_stands_for_nothing_and_stands_again_once_it_can()
    {
        // One of two others does not answer, and the table, which would say why, is out of reach.
        _lost.Silo = _silos.All[^1].Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;
        _silos.Table.Failure = new IOException("The database is down.");

        await Until(
            () => !_silos.All.Take(2).Any(silo => StandingOf(silo).Holds),
            "no standing of those that ask in vain"
        );

        _silos.Table.Failure = null;
        await Until(() => _silos.All.All(silo => StandingOf(silo).Holds), "their standing");
    }

    [Fact]
    public async Task Silo_that_joins_is_known_to_all_and_takes_its_share()
    {
        await _silos.Start();

        await Until(
            () => _silos.All.All(silo => ViewOf(silo).OwnersOf(256).Distinct().Count() == 4),
            "a fourth silo that is responsible for something"
        );
    }

    private static Task Until(Func<bool> condition, string what) =>
        Eventually.TrueAsync(condition, what, TimeSpan.FromMilliseconds(20));

    private static ClusterShape ViewOf(IHost silo) => silo.Services.GetRequiredService<ClusterView>().Current;

    private static ClusterStanding StandingOf(IHost silo) => silo.Services.GetRequiredService<ClusterStanding>();

    private sealed class LostSilo
    {
        public SiloAddress? Silo { get; set; }
    }

    private sealed class LosingPulses(PulseClient pulses, LostSilo lost) : IPulses
    {
        public IPulseService Of(SiloAddress silo) =>
            silo.Equals(lost.Silo) ? throw new TimeoutException("It does not answer.") : pulses.Of(silo);
    }
}
