using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Silo.Signals;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>When answers to checks leave, by a clock that the tests drive, in tenths of a millisecond.</summary>
public sealed class AnswerPaceTests
{
    private readonly FakeTimeProvider _clock = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(19)]
    public async Task Whatever_was_done_within_a_step_leaves_at_its_end(int took)
    {
        var answer = Answer(step: 20, took);

        Pass(19 - took);
        Assert.False(answer.IsCompleted);
        Pass(1);

        Assert.Equal("found", await answer.WaitAsync(TimeSpan.FromMinutes(1), Ct));
    }

    // Away from the test's own context, so that each continuation runs where it is caused.
    [Fact]
    public Task What_takes_longer_leaves_at_the_end_of_the_next_step() =>
        Task.Run(
            async () =>
            {
                var work = new TaskCompletionSource<string>();
                var answer = NewPace(step: 20).Keep(() => work.Task, Ct);
                Pass(20);
                Pass(5);
                work.SetResult("found");

                Pass(14);
                Assert.False(answer.IsCompleted);
                Pass(1);

                Assert.Equal("found", await answer.WaitAsync(TimeSpan.FromMinutes(1), Ct));
            },
            Ct
        );

    [Fact]
    public async Task A_refusal_waits_as_long_as_an_answer()
    {
        var answer = NewPace(step: 20).Keep<string>(() => throw new InvalidOperationException("refused"), Ct);

        Pass(19);
        Assert.False(answer.IsCompleted);
        Pass(1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => answer.WaitAsync(TimeSpan.FromMinutes(1), Ct));
    }

    [Fact]
    public async Task A_step_of_a_part_of_a_millisecond_is_made_whole()
    {
        var answer = Answer(step: 15, took: 0);

        Pass(19);
        Assert.False(answer.IsCompleted);
        Pass(1);

        await answer.WaitAsync(TimeSpan.FromMinutes(1), Ct);
    }

    [Fact]
    public async Task A_caller_that_went_away_is_not_waited_for()
    {
        using var gone = new CancellationTokenSource();
        var answer = NewPace(step: 10_000).Keep(() => Task.FromResult("found"), gone.Token);

        await gone.CancelAsync();

        await answer.WaitAsync(TimeSpan.FromMinutes(1), Ct);
    }

    [Fact]
    public void Without_a_step_an_answer_leaves_when_it_is_there() => Assert.True(Answer(step: 0, took: 0).IsCompleted);

    private Task<string> Answer(int step, int took) =>
        NewPace(step)
            .Keep(
                () =>
                {
                    Pass(took);
                    return Task.FromResult("found");
                },
                Ct
            );

    private AnswerPace NewPace(int step) =>
        new(Options.Create(new SignalOptions { AnswerStep = Tenths(step) }), _clock);

    private void Pass(int tenths) => _clock.Advance(Tenths(tenths));

    private static TimeSpan Tenths(int count) => TimeSpan.FromTicks(count * TimeSpan.TicksPerMillisecond / 10);
}
