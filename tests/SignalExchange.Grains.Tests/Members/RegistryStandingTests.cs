using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Clustering;
using SignalExchange.Grains.Members;

namespace SignalExchange.Grains.Tests.Members;

/// <summary>A registry on a silo that the others gave up has a successor: it vouches for nothing.</summary>
public sealed class RegistryStandingTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ClusterStanding _standing;
    private readonly MemberRegistryGrain _registry;

    public RegistryStandingTests()
    {
        _standing = new(Options.Create(new StandingOptions()), _clock);
        // Asked for what is newer than nothing, it needs no storage.
        _registry = new(null!, _clock, _standing);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silo_that_lost_touch_says_nothing_of_the_registry()
    {
        _standing.Confirm(Moment.Now(_clock));
        Assert.NotNull(await Asked(-1));
        Assert.Null(await Asked(0, keepsInTouch: true));

        _clock.Advance(TimeSpan.FromSeconds(3));

        await Assert.ThrowsAsync<SiloUnavailableException>(() => Asked(-1));
        await Assert.ThrowsAsync<SiloUnavailableException>(() => Asked(0));
    }

    [Fact]
    public async Task Silo_that_is_in_touch_a_moment_later_answers_then()
    {
        var answer = _registry.WaitForChange(-1, Ct);
        Assert.False(answer.IsCompleted);

        _standing.Confirm(Moment.Now(_clock));

        Assert.NotNull(await Driven(answer, keepsInTouch: true));
    }

    [Fact]
    public async Task Silo_that_knows_no_others_answers_at_once() =>
        Assert.NotNull(await new MemberRegistryGrain(null!, _clock).WaitForChange(-1, Ct));

    private Task<RegistrySnapshot?> Asked(long known, bool keepsInTouch = false) =>
        Driven(_registry.WaitForChange(known, Ct), keepsInTouch);

    // Fake time goes on until there is an answer; its continuations run on other threads.
    private async Task<RegistrySnapshot?> Driven(Task<RegistrySnapshot?> answer, bool keepsInTouch)
    {
        for (var step = 0; step < 1_000 && !answer.IsCompleted; step++)
        {
            _clock.Advance(TimeSpan.FromMilliseconds(50));
            if (keepsInTouch)
            {
                _standing.Confirm(Moment.Now(_clock));
            }

            await Task.WhenAny(answer, Task.Delay(TimeSpan.FromMilliseconds(10), Ct));
        }

        return await answer.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }
}
