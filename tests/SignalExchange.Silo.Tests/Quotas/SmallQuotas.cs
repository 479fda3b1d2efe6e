using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>An exchange where little is allowed a day; each test has members of its own, and may restart it.</summary>
public sealed class SmallQuotas : ExchangeFixture
{
    public const int EvaluationsPerDay = 300;
    public const int TokensPerDay = 20_000;

    public SmallQuotas() =>
        Settings = [
            "--Exchange:Quotas:EvaluationsPerDay",
            $"{EvaluationsPerDay}",
            "--Exchange:Quotas:TokensPerDay",
            $"{TokensPerDay}",
        ];

    /// <summary>Ends it in order, and starts it again.</summary>
    public async Task Restart()
    {
        await Stop();
        await Start();
    }
}
