using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
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
}
