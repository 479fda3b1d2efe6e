using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SignalExchange.Silo.Draining;
using SignalExchange.Silo.Hosting;
using SignalExchange.TestKit.Contracts;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>What the contract promises, the host serves.</summary>
[Collection(SharedExchange.Name)]
public sealed class MappedServicesTests(ExchangeFixture exchange)
{
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
    public void Next_to_the_handlers_stands_what_ends_streams_and_a_stop_takes_as_long_as_the_setting_says()
    {
        var interceptors = exchange.Services.GetRequiredService<IOptions<GrpcServiceOptions>>().Value.Interceptors;
        var host = exchange.Services.GetRequiredService<IOptions<HostOptions>>().Value;

        Assert.Equal(typeof(DrainInterceptor), interceptors[^1].Type);
        Assert.Equal(new ExchangeOptions().StopTimeout, host.ShutdownTimeout);
    }
}
