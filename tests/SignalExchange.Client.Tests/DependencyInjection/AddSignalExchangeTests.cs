using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.DependencyInjection;
using SignalExchange.Client.Options;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts;

namespace SignalExchange.Client.Tests.DependencyInjection;

public sealed class AddSignalExchangeTests
{
    [Fact]
    public async Task One_client_serves_the_process()
    {
        await using var services = Services(Valid);

        Assert.Same(
            services.GetRequiredService<SignalExchangeClient>(),
            services.GetRequiredService<ISignalExchangeClient>()
        );
    }

    [Fact]
    public async Task Wrong_options_end_the_start_of_the_host_and_all_are_named()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSignalExchange(options => options.BatchSize = 0);
        using var host = builder.Build();

        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() =>
            host.StartAsync(TestContext.Current.CancellationToken)
        );

        Assert.Equal(
            [
                "BatchSize is 0: The field BatchSize must be between 1 and 10000.",
                "Credential is not set: The Credential field is required.",
                "Endpoint is not set: The Endpoint field is required.",
            ],
            refused.Failures.Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task A_fake_that_a_test_registered_stays()
    {
        var fake = new FakeSignalExchange().CreateClient("platform-a");
        var collection = new ServiceCollection();
        collection.AddSingleton(fake);
        collection.AddSignalExchange(Valid);
        await using var services = collection.BuildServiceProvider();

        Assert.Same(fake, services.GetRequiredService<ISignalExchangeClient>());
    }

    [Fact]
    public async Task The_client_logs_where_the_container_does_unless_told_otherwise()
    {
        using var own = LoggerFactory.Create(_ => { });
        await using var services = Services(Valid);
        await using var told = Services(options =>
        {
            Valid(options);
            options.Loggers = own;
        });

        Assert.Same(
            services.GetRequiredService<ILoggerFactory>(),
            services.GetRequiredService<IOptions<SignalExchangeClientOptions>>().Value.Loggers
        );
        Assert.Same(own, told.GetRequiredService<IOptions<SignalExchangeClientOptions>>().Value.Loggers);
    }

    private static ServiceProvider Services(Action<SignalExchangeClientOptions> configure) =>
        new ServiceCollection().AddLogging().AddSignalExchange(configure).BuildServiceProvider();

    private static void Valid(SignalExchangeClientOptions options)
    {
        options.Endpoint = new Uri("https://exchange.example");
        options.Credential = new MemberCredential(new MemberId("platform-a"), MemberKeys.Create());
    }
}
