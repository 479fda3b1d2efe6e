using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>An exchange whose quotas several gates spend together.</summary>
public sealed class QuotasOfManySilos : ExchangeFixture
{
    public const int EvaluationsPerDay = 5_000;
    public const int TokensPerDay = 50_000;

    public QuotasOfManySilos() =>
        Settings = [
            "--Exchange:Quotas:EvaluationsPerDay",
            $"{EvaluationsPerDay}",
            "--Exchange:Quotas:TokensPerDay",
            $"{TokensPerDay}",
        ];
}
