using SignalExchange.Silo.Security.Replays;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.Security.Replays;

public sealed class UsedTokensTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 28, 4, 0, 0, TimeSpan.Zero);

    private readonly SteppedClock _clock = new(Start);
    private readonly UsedTokens _used;

    public UsedTokensTests() => _used = new(_clock);

    [Fact]
    public void Token_is_accepted_once_as_long_as_it_could_be_accepted()
    {
        Assert.True(_used.TryAdd(Token("a", Start)));

        for (var minute = 0; minute < 6; minute++)
        {
            Assert.False(_used.TryAdd(Token("a", Start)));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void Clock_that_jumps_ahead_and_is_set_back_lets_no_copied_token_in()
    {
        Assert.True(_used.TryAdd(Token("a", Start)));
        _clock.Advance(TimeSpan.FromMinutes(1));

        _clock.Set(Start.AddDays(30));
        Assert.True(_used.TryAdd(Token("b", Start.AddDays(30))));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_used.TryAdd(Token("c", Start.AddDays(30))));
        _clock.Set(Start.AddMinutes(3));

        Assert.False(_used.TryAdd(Token("a", Start)));
    }

    [Fact]
    public void Clock_that_is_set_back_keeps_what_it_makes_good_again()
    {
        Assert.True(_used.TryAdd(Token("a", Start)));
        _clock.Set(Start.AddMinutes(-10));
        _clock.Advance(TimeSpan.FromMinutes(12));
        Assert.True(_used.TryAdd(Token("b", Start)));

        Assert.False(_used.TryAdd(Token("a", Start)));
    }

    [Fact]
    public void Tokens_that_can_pass_no_more_are_forgotten()
    {
        for (var minute = 0; minute < 60; minute++)
        {
            Assert.True(_used.TryAdd(Token($"{minute}", Start.AddMinutes(minute))));
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.InRange(_used.Count, 1, 9);
    }

    private static TokenUse Token(string jti, DateTimeOffset issued) =>
        TokenUse.Of("acme", jti, issued, issued.AddMinutes(5));
}
