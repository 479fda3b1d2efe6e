using System.Net;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>The runtime's own dashboard: for operators, and never a grain's state.</summary>
public sealed class RuntimeDashboardTests(RuntimeDashboardTests.WithDashboard console)
    : IClassFixture<RuntimeDashboardTests.WithDashboard>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/console/orleans/")]
    [InlineData("/console/orleans/index.min.js")]
    [InlineData("/console/orleans/DashboardCounters")]
    [InlineData("/console/orleans/GrainTypes")]
    public async Task An_operator_sees_silos_and_kinds_of_grains(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await console.Olga.Http.GetAsync(path, Ct)).StatusCode);

    [Theory]
    [InlineData("/console/orleans/GrainState?grainId=0&grainType=signalexchange.members")]
    [InlineData("/console/orleans/grainstate?grainId=0&grainType=x")]
    [InlineData("/console/orleans/Trace")]
    [InlineData("/console/orleans/Reminders")]
    [InlineData("/console/orleans/Reminders/1")]
    public async Task Nobody_is_shown_a_grains_state_or_the_servers_log(string path)
    {
        var answer = await console.Olga.Http.GetAsync(path, Ct);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("consortium", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_for_operators_only_and_who_opened_it_is_recorded()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await console.Anna.Http.GetAsync("/console/orleans/", Ct)).StatusCode);
        using var nobody = new ConsolePerson(console.Address, "nobody");
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.Http.GetAsync("/console/orleans/", Ct)).StatusCode);

        await console.Olga.Http.GetAsync("/console/orleans/", Ct);

        var entry = await console.LastEntry("/console/orleans");
        Assert.Equal((ActorKind.Person, KeyRole.Operator), (entry.Actor.Kind, entry.Actor.Role));
    }

    [Theory]
    [InlineData("/console/orleans/index.html")]
    [InlineData("/console/orleans/DashboardCounters")]
    [InlineData("/console/orleans/SiloProperties/S127.0.0.1:1:1")]
    public async Task Whoever_reads_it_by_another_door_is_recorded_too_and_once(string path)
    {
        var reader = await console.Enrol($"reader-{path.Length}", KeyRole.Operator);
        var before = await console.CountEntries("/console/orleans");

        await reader.Http.GetAsync("/console/orleans/index.css", Ct);
        Assert.Equal(before, await console.CountEntries("/console/orleans"));
        await reader.Http.GetAsync(path, Ct);
        await reader.Http.GetAsync("/console/orleans/ClusterStats", Ct);

        Assert.Equal(before + 1, await console.CountEntries("/console/orleans"));
    }

    [Fact]
    public async Task It_keeps_the_consoles_headers()
    {
        var answer = await console.Olga.Http.GetAsync("/console/orleans/", Ct);

        Assert.Contains(
            "script-src 'self';",
            Assert.Single(answer.Headers.GetValues("Content-Security-Policy")),
            StringComparison.Ordinal
        );
    }

    /// <summary>An exchange whose operators want the dashboard.</summary>
    public sealed class WithDashboard : ConsoleFixture
    {
        public ConsolePerson Anna { get; private set; } = null!;

        protected override string[] Settings => ["--Exchange:OrleansDashboard", "true"];

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await AddOperatorKey(); // so that there may be further operators
            Anna = await Enrol("anna", KeyRole.Auditor);
        }
    }
}
