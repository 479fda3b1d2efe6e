using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Browsers;
using SignalExchange.Silo.Forwarding;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.SignIn;
using SignalExchange.Silo.Tests.Clusters;
using SignalExchange.TestKit;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>An exchange of three silos, of which the first has a console, and an auditor who is signed in there.</summary>
public sealed class SeveralSilos : IAsyncLifetime
{
    public ClusterFixture Cluster { get; } = new();

    public Uri Console => new(Cluster.Silos[0].Urls.Skip(1).First());

    public ConsolePerson Anna { get; private set; } = null!;

    private IServiceProvider First => Cluster.Silos[0].Services;

    public async ValueTask InitializeAsync()
    {
        await Cluster.InitializeAsync();
        Anna = await Enrol("anna");
        await Eventually.TrueAsync(
            () => First.GetRequiredService<ClusterAccessLogs>().Names.Count == 3,
            "the first silo knows the logs of the others",
            TimeSpan.FromMilliseconds(100)
        );
    }

    /// <summary>Invites an auditor, and signs them in.</summary>
    public async Task<ConsolePerson> Enrol(string login)
    {
        var people = new PersonService.PersonServiceClient(Cluster.InvokerFor(0, Cluster.Operator));
        var invited = await people.InvitePersonAsync(
            new()
            {
                Login = login,
                Role = KeyRole.Auditor,
                MemberId = "consortium",
            }
        );
        var person = new ConsolePerson(Console, login);
        Assert.Equal("/console", (await person.Enrol(invited.Code)).Headers.Location?.ToString());
        await Eventually.TrueAsync(
            () =>
                Cluster.Silos.All(silo =>
                    silo.Services.GetRequiredService<MemberDirectory>().FindLogin(login) is { MayCall: true }
                ),
            $"every silo knows {login}",
            TimeSpan.FromMilliseconds(20)
        );
        return person;
    }

    /// <summary>Calls a silo from the first one, as a page of somebody's does.</summary>
    internal async Task<(AuditService.AuditServiceClient Audit, CircuitSession Session)> From(string login, string log)
    {
        var person = First.GetRequiredService<MemberDirectory>().FindLogin(login)!;
        var session = new CircuitSession(new SessionEnd());
        session.Set(ConsolePrincipal.Of(person, await First.GetRequiredService<Sessions>().Open(person), "127.0.0.1"));
        var logs = ActivatorUtilities.CreateInstance<CircuitAccessLogs>(First, session);
        return (new(logs.InvokerOf(log)), session);
    }

    /// <summary>Returns another silo, as the first one reaches it.</summary>
    internal IForwardService Silo(string log) => First.GetRequiredService<ClusterAccessLogs>().Of(log);

    public async ValueTask DisposeAsync()
    {
        Anna.Dispose();
        await Cluster.DisposeAsync();
    }
}
