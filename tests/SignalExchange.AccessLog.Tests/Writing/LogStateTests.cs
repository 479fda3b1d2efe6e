using Microsoft.Extensions.Time.Testing;
using SignalExchange.AccessLog.Writing;

namespace SignalExchange.AccessLog.Tests.Writing;

/// <summary>How old a checkpoint is, and how long entries have waited for one, are two things.</summary>
public sealed class LogStateTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogState _state;

    public LogStateTests() => _state = new(_time);

    [Fact]
    public void A_log_that_nobody_writes_to_has_an_old_checkpoint_and_nothing_that_waits()
    {
        _state.NoteHead(10);
        _state.NotePublished(10);
        _time.Advance(TimeSpan.FromHours(3));

        Assert.Equal(TimeSpan.FromHours(3), _state.CheckpointAge);
        Assert.Equal(TimeSpan.Zero, _state.UnpublishedAge);
    }

    [Fact]
    public void Entries_wait_from_the_first_that_is_not_published_on()
    {
        _state.NoteHead(10);
        _state.NotePublished(10);
        _time.Advance(TimeSpan.FromHours(3));
        _state.NoteHead(11);
        _time.Advance(TimeSpan.FromMinutes(1));
        _state.NoteHead(12);
        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(2), _state.UnpublishedAge);
        _state.NotePublished(11);
        Assert.Equal(TimeSpan.Zero, _state.UnpublishedAge); // Entry 12 begins to wait when somebody looks.
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.FromSeconds(5), _state.UnpublishedAge);
    }

    [Fact]
    public void A_checkpoint_that_was_found_at_the_start_has_no_age()
    {
        _state.NoteHead(10);
        _state.NoteRecovered(8);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Null(_state.CheckpointAge);
        Assert.Equal(TimeSpan.FromSeconds(5), _state.UnpublishedAge);
        Assert.Equal(8, _state.Published);
    }
}
