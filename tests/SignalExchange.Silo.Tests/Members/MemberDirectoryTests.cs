using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Silo.Members;
using SignalExchange.TestKit;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>How old a silo's copy of the registry is: as old as the question that it answers.</summary>
public sealed class MemberDirectoryTests
{
    private readonly SteppedClock _clock = new(new(2026, 11, 28, 4, 0, 0, TimeSpan.Zero));
    private readonly MemberDirectory _directory;

    public MemberDirectoryTests() => _directory = new(_clock);

    [Fact]
    public async Task Copy_is_good_for_five_seconds_from_when_the_registry_was_asked()
    {
        Assert.False(_directory.IsCurrent);

        await Ask(waiting: TimeSpan.FromSeconds(1));
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True(_directory.IsCurrent);

        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.False(_directory.IsCurrent);
        await Ask(waiting: TimeSpan.FromSeconds(1));
        Assert.True(_directory.IsCurrent);
    }

    [Fact]
    public async Task Answer_that_a_stopped_process_finds_when_it_goes_on_is_known_and_proves_nothing()
    {
        await _directory.Ask(_ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(6));
            return Task.FromResult<RegistrySnapshot?>(new(7, [], [], new Policy(), [], [], []));
        });

        Assert.Equal(7, _directory.Version);
        Assert.False(_directory.IsCurrent);
    }

    [Fact]
    public async Task Machine_that_was_paused_has_no_copy_though_its_monotonic_clock_stood_still()
    {
        await Ask(waiting: TimeSpan.Zero);

        _clock.Set(_clock.GetUtcNow().AddSeconds(6));

        Assert.False(_directory.IsCurrent);
    }

    [Fact]
    public async Task Clock_that_is_set_back_makes_no_copy_younger()
    {
        await Ask(waiting: TimeSpan.Zero);

        _clock.Set(_clock.GetUtcNow().AddHours(-1));
        _clock.Advance(TimeSpan.FromSeconds(6));

        Assert.False(_directory.IsCurrent);
    }

    [Fact]
    public async Task Older_question_that_is_answered_later_takes_nothing_back()
    {
        var late = new TaskCompletionSource<RegistrySnapshot?>();
        var older = _directory.Ask(_ => late.Task);
        _clock.Advance(TimeSpan.FromSeconds(4));
        await Ask(waiting: TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromSeconds(4));

        late.SetResult(null);
        await older;

        Assert.True(_directory.IsCurrent);
    }

    private Task Ask(TimeSpan waiting) =>
        _directory.Ask(_ =>
        {
            _clock.Advance(waiting);
            return Task.FromResult<RegistrySnapshot?>(null);
        });
}
