using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Operations;

/// <summary>The settings that operators are shown: as they are, and without a secret.</summary>
public sealed class SettingsInForceTests
{
    private const string Password = "swordfish";

    [Fact]
    public async Task What_a_silo_runs_with_is_shown_and_a_connection_string_is_only_said_to_be_set()
    {
        await using var exchange = new ExchangeFixture
        {
            Settings = ["--Exchange:Quotas:TokensPerDay", "123456", "--Exchange:Census:Interval", "01:00:00"],
            Replace = services =>
                services.Configure<Storage.Postgres.PostgresStorageOptions>(it =>
                    it.ConnectionString = $"Host=db.example;Password={Password}"
                ),
        };
        await exchange.InitializeAsync();
        var operations = new OperationsService.OperationsServiceClient(exchange.InvokerFor(exchange.Operator));

        var answer = await operations.ListSettingsAsync(
            new(),
            cancellationToken: TestContext.Current.CancellationToken
        );

        var settings = answer.Settings.ToDictionary(it => it.Name);
        Assert.Equal(("123456", true), Of("exchange.quotas.tokensperday"));
        Assert.Equal(("01:00:00", true), Of("exchange.census.interval"));
        Assert.Equal(("20000", false), Of("exchange.quotas.evaluationsperday"));
        Assert.Equal(("set", true), Of("exchange.storage.postgres.connectionstring"));
        Assert.Equal(("Sqlite", false), Of("exchange.storage.engine"));
        Assert.Equal(("00:00:02", false), Of("exchange.index.freshnesslimit"));
        Assert.Equal(("0.01", false), Of("exchange.telemetry.traceratio"));
        Assert.Equal(("", false), Of("exchange.signin.provider.clientsecretfile"));
        Assert.DoesNotContain(
            settings.Keys,
            name => name.StartsWith("exchange.storage.azurestorage", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(Password, answer.ToString(), StringComparison.Ordinal);

        (string Value, bool IsChanged) Of(string name) => (settings[name].Value, settings[name].IsChanged);
    }
}
