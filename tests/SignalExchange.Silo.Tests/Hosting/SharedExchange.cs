namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>
/// Classes that share one exchange: each has members, signals and groups of its own, asks the log only about what it did itself, and changes no policy.
/// They run one after the other, beside those of other collections.
/// </summary>
[CollectionDefinition(Name)]
public sealed class SharedExchange : ICollectionFixture<ExchangeFixture>
{
    public const string Name = "shared exchange";
}
