using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SignalExchange.Client.Options;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests;

/// <summary>What the quick start shows does what it says.</summary>
public sealed class QuickStartTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task What_is_submitted_after_a_ban_another_platform_is_told_with_what_it_may_do()
    {
        var result = await QuickStartSample.Test(async client =>
            Assert.True((await QuickStartSample.Submit(client, Now)).IsAccepted)
        );

        Assert.Equal(PermittedAction.ReviewRequired, result.Verdict!.PermittedAction);
    }

    [Fact]
    public async Task What_is_withdrawn_nobody_is_told_any_more()
    {
        var result = await QuickStartSample.Test(async client =>
        {
            await QuickStartSample.Submit(client, Now);
            Assert.True((await QuickStartSample.Withdraw(client)).IsAccepted);
        });

        Assert.False(result.IsKnown);
    }

    [Fact]
    public void The_services_have_a_client_and_say_at_once_that_its_key_is_missing()
    {
        var services = new ServiceCollection();
        QuickStartSample.Add(services);
        using var provider = services.BuildServiceProvider();

        Assert.Contains(services, service => service.ServiceType == typeof(ISignalExchangeClient));
        Assert.Throws<FileNotFoundException>(() =>
            provider.GetRequiredService<IOptions<SignalExchangeClientOptions>>().Value
        );
    }

    [Fact]
    public void A_fake_that_is_registered_already_stays()
    {
        var fake = new FakeSignalExchange().CreateClient("platform-a");
        var services = new ServiceCollection();
        services.AddSingleton(fake);

        QuickStartSample.Add(services);

        using var provider = services.BuildServiceProvider();
        Assert.Same(fake, provider.GetRequiredService<ISignalExchangeClient>());
    }
}
