using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>An exchange whose log does not run answers nobody.</summary>
public sealed class FailClosedTests(ExchangeFixture exchange) : IClassFixture<ExchangeFixture>
{
    [Fact]
    public async Task Nothing_is_answered_that_is_not_recorded()
    {
        var members = new MemberService.MemberServiceClient(exchange.InvokerFor(exchange.Operator));
        await exchange.Services.GetRequiredService<AccessLogHost>().StopAsync(TestContext.Current.CancellationToken);

        var (reason, code, _) = await RpcErrors.Of(() => members.ListMembersAsync(new()).ResponseAsync);

        Assert.Equal((ErrorReason.LogUnavailable, StatusCode.Unavailable), (reason, code));
    }
}
