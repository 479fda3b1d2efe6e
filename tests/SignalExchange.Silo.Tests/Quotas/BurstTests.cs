using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Quotas;

namespace SignalExchange.Silo.Tests.Quotas;

public sealed class BurstTests
{
    private static readonly MemberId Member = new("bursts");

    [Fact]
    public void A_full_bucket_is_granted_and_one_more_is_refused_with_the_time_to_wait()
    {
        using var bursts = new MemberBursts("tokens", perSecond: 1, burst: 10_000);

        Assert.Null(bursts.Take(Member, 10_000).Refusal);
        var refused = bursts.Take(Member, 1);

        Assert.Equal(ErrorReason.BurstLimit, refused.Refusal?.Reason);
        Assert.InRange(refused.RetryAfter, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Null(bursts.Take(new MemberId("another"), 10_000).Refusal);
    }

    [Fact]
    public async Task The_bucket_fills_again()
    {
        using var bursts = new MemberBursts("tokens", perSecond: 500, burst: 10_000);
        Assert.Null(bursts.Take(Member, 10_000).Refusal);

        await Hosting.ExchangeFixture.Until(() => bursts.Take(Member, 500).Refusal is null, "a second's worth is back");
    }

    [Fact]
    public void A_refused_batch_takes_nothing()
    {
        using var bursts = new MemberBursts("tokens", perSecond: 1, burst: 10_000);
        Assert.Null(bursts.Take(Member, 6_000).Refusal);
        Assert.NotNull(bursts.Take(Member, 5_000).Refusal);

        Assert.Null(bursts.Take(Member, 4_000).Refusal);
    }
}
