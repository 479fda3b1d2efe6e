using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.Operations;

/// <summary>How the storage does, as operators see it.</summary>
public sealed class StorageHealthTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    [Fact]
    public async Task A_silo_says_what_its_storage_takes_and_by_how_much_it_may_grow()
    {
        var operations = new OperationsService.OperationsServiceClient(exchange.InvokerFor(exchange.Operator));

        var overview = await Eventually.ResultAsync(
            async () => await operations.GetOverviewAsync(new() { Span = OverviewSpan.Hour }),
            it => it.Now.Silos.Count == 1,
            "the silo's first report"
        );

        var silo = overview.Now.Silos[0];
        Assert.False(silo.StorageFails);
        Assert.Equal(0ul, silo.WaitingWrites);
        Assert.NotEqual(0ul, silo.StorageBytes);
        Assert.NotEqual(0ul, silo.StorageFreeBytes);
    }
}
