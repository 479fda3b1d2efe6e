using Microsoft.Extensions.Time.Testing;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.Testing;

/// <summary>What the fake can do beyond the exchange: its clock is yours, and it fails when told.</summary>
public sealed class FakeSignalExchangeTests
{
    private static readonly Identifier Someone = Identifier.Email("someone@mail.example").GetOrThrow();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_signal_ends_by_the_fakes_clock()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        var exchange = new FakeSignalExchange(clock);
        var (a, b) = (exchange.CreateClient("a"), exchange.CreateClient("b"));
        await a.SubmitAsync(new(Someone, Statements.Valid(clock.GetUtcNow())), Ct);

        clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromTicks(1));
        var before = await b.CheckAsync(Someone, CheckPurpose.Test, Ct);
        clock.Advance(TimeSpan.FromTicks(1));
        var after = await b.CheckAsync(Someone, CheckPurpose.Test, Ct);

        Assert.True(before.IsKnown);
        Assert.False(after.IsKnown);
        Assert.Equal(SignalState.Expired, (await a.GetAsync([Someone], CheckPurpose.Test, Ct))[0].Signals[0].State);
    }

    [Fact]
    public async Task It_fails_when_told_and_once()
    {
        var exchange = new FakeSignalExchange();
        var a = exchange.CreateClient("a");
        exchange.FailNext(ErrorReason.StorageUnavailable);

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            a.CheckAsync(Someone, CheckPurpose.Test, Ct)
        );

        Assert.Equal(ErrorReason.StorageUnavailable, failure.Reason);
        Assert.False((await a.CheckAsync(Someone, CheckPurpose.Test, Ct)).IsKnown);
    }
}
