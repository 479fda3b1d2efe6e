using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Hosting.Kubernetes;
using SignalExchange.Silo.Hosting;
using SignalExchange.TestKit.Postgres;

namespace SignalExchange.Silo.Tests.Hosting.Kubernetes;

/// <summary>A silo that is a pod bears the pod's name, and declares those dead whose pods are gone.</summary>
[Collection(ProcessWide.Name)]
public sealed class PodTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Address = "127.0.0.1";

    // SiloStatus.
    private const int Active = 3;
    private const int Dead = 6;

    private readonly List<string> _set = [];
    private string _database = "";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.CreateDatabaseAsync(Ct);
        Set("POD_NAME", FakeKubernetes.Pod);
        Set("POD_NAMESPACE", FakeKubernetes.Namespace);
        Set("POD_IP", Address);
        // Names of the runtime's own for what our settings say; ours hold.
        Set("ORLEANS_CLUSTER_ID", "another");
    }

    public ValueTask DisposeAsync()
    {
        _set.ForEach(it => Environment.SetEnvironmentVariable(it, null));
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_silo_is_called_as_its_pod_and_one_whose_pod_is_gone_does_not_hold_up_its_start()
    {
        await using var kubernetes = await FakeKubernetes.Start(Ct);
        await using var exchange = new ExchangeFixture { Settings = [.. PostgresSettings.Of(_database)] };
        exchange.Replace = services => PutIn(services, kubernetes);
        await exchange.Bootstrap();
        await InsertLost("signalexchange-1");

        await Start(exchange, kubernetes);

        Assert.Equal(Active, await StatusOf(FakeKubernetes.Pod));
        Assert.Equal(Dead, await StatusOf("signalexchange-1"));
        await ExchangeFixture.Until(
            () => kubernetes.Asked.Any(it => it.StartsWith("watch", StringComparison.Ordinal)),
            "the pods are watched"
        );
        // What the role of deploy/kubernetes/overlays/cluster allows, and no more.
        const string OfCluster = " orleans/serviceId=signalexchange,orleans/clusterId=signalexchange";
        Assert.Equal(["get", "list" + OfCluster, "watch" + OfCluster], kubernetes.Asked.Distinct());
    }

    [Fact]
    public async Task A_silo_that_is_no_pod_asks_kubernetes_nothing()
    {
        await using var kubernetes = await FakeKubernetes.Start(Ct);
        await using var exchange = new ExchangeFixture { Settings = [.. PostgresSettings.Of(_database)] };
        exchange.Replace = services => PutIn(services, kubernetes);

        await exchange.InitializeAsync();

        Assert.DoesNotContain(
            exchange.Services.GetServices<ILifecycleParticipant<ISiloLifecycle>>(),
            it => it is KubernetesClusterAgent
        );
        Assert.DoesNotContain(FakeKubernetes.Pod, await Names());
        Assert.Empty(kubernetes.Asked);
    }

    private static async Task Start(ExchangeFixture exchange, FakeKubernetes kubernetes)
    {
        var start = exchange.Start("--Exchange:Cluster:Kubernetes", "true", "--Exchange:Cluster:Address", Address);
        await Task.WhenAny(start, Task.Delay(TimeSpan.FromMinutes(1), Ct));
        Assert.True(
            start.IsCompleted,
            $"It did not start in a minute, having asked: {string.Join(", ", kubernetes.Asked)}."
        );
        await start;
    }

    private void Set(string variable, string value)
    {
        _set.Add(variable);
        Environment.SetEnvironmentVariable(variable, value);
    }

    private static void PutIn(IServiceCollection services, FakeKubernetes kubernetes)
    {
        services.AddSingleton(
            new KubernetesPod(FakeKubernetes.Pod, FakeKubernetes.Namespace, Address, HasAccount: true)
        );
        services.Configure<KubernetesHostingOptions>(options =>
            options.GetClientConfiguration = () => kubernetes.Client
        );
    }

    // It was alive a moment ago, so whoever joins must reach it first: nobody listens there.
    private async Task InsertLost(string silo)
    {
        await using var source = Source();
        await using var command = source.CreateCommand(
            "INSERT INTO membership (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time) "
                + $"VALUES ('signalexchange', '{Address}', {FreePort.Find()}, 1, $1, $2, {Active}, 0, now(), now())"
        );
        command.Parameters.Add(new() { Value = silo });
        command.Parameters.Add(new() { Value = Dns.GetHostName() });
        await command.ExecuteNonQueryAsync(Ct);
    }

    private async Task<int> StatusOf(string silo)
    {
        await using var source = Source();
        await using var command = source.CreateCommand("SELECT status FROM membership WHERE silo_name = $1");
        command.Parameters.Add(new() { Value = silo });
        return Assert.IsType<int>(await command.ExecuteScalarAsync(Ct));
    }

    private async Task<string?> Names()
    {
        await using var source = Source();
        await using var command = source.CreateCommand("SELECT string_agg(silo_name, ' ') FROM membership");
        return (string?)await command.ExecuteScalarAsync(Ct);
    }

    private NpgsqlDataSource Source() =>
        NpgsqlDataSource.Create($"{_database};Search Path=signalexchange;Pooling=false");
}
