namespace SignalExchange.Silo.Tests.Quotas;

/// <summary>Classes that share one exchange with small quotas. They run one after the other, beside those of other collections.</summary>
[CollectionDefinition(Name)]
public sealed class SharedQuotas : ICollectionFixture<SmallQuotas>
{
    public const string Name = "shared quotas";
}
