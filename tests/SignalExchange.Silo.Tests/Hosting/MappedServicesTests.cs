using Grpc.AspNetCore.Server;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SignalExchange.Silo.Draining;
using SignalExchange.Silo.Hosting;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Contracts;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;
using StandardHealth = Grpc.Health.V1.Health;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>What the contract promises, the host serves.</summary>
[Collection(SharedExchange.Name)]
public sealed class MappedServicesTests(ExchangeFixture exchange)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_method_of_the_contract_is_served()
    {
        var served = exchange
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method.FullName)
            .ToHashSet();

        Assert.Empty(ContractFiles.Methods.Where(method => !served.Contains(method)));
    }

    [Fact]
    public async Task Whoever_asks_for_health_is_told_that_it_serves_and_needs_no_credentials()
    {
        var health = new StandardHealth.HealthClient(exchange.InvokerFor(null));

        // While the machine has much else to do, the index may wait to be compared with the storage.
        var status = await Eventually.ResultAsync(
            async () => (await health.CheckAsync(new(), cancellationToken: Ct)).Status,
            it => it == ServingStatus.Serving,
            "the exchange to serve"
        );

        Assert.Equal(ServingStatus.Serving, status);
    }

    [Fact]
    public async Task Whoever_has_credentials_is_told_by_reflection_what_is_served()
    {
        var member = await exchange.AddMember("asks-what-is-served");
        var reflection = new ServerReflection.ServerReflectionClient(exchange.InvokerFor(member));
        using var call = reflection.ServerReflectionInfo(cancellationToken: Ct);

        await call.RequestStream.WriteAsync(new() { ListServices = "" }, Ct);
        Assert.True(await call.ResponseStream.MoveNext(Ct));
        var served = call.ResponseStream.Current.ListServicesResponse.Service.Select(it => it.Name).ToHashSet();
        await call.RequestStream.CompleteAsync();

        string[] promised = [.. ContractFiles.Services.Select(it => it.FullName), "grpc.health.v1.Health"];
        Assert.Empty(promised.Where(service => !served.Contains(service)));
    }

    [Fact]
    public void Next_to_the_handlers_stands_what_ends_streams_and_a_stop_takes_as_long_as_the_setting_says()
    {
        var interceptors = exchange.Services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value.Interceptors;
        var host = exchange.Services.GetRequiredService<IOptions<HostOptions>>().Value;

        Assert.Equal(typeof(DrainInterceptor), interceptors[^1].Type);
        Assert.Equal(new ExchangeOptions().StopTimeout, host.ShutdownTimeout);
    }
}
