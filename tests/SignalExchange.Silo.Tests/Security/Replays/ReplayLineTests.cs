using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Concurrency;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Security.Replays;

namespace SignalExchange.Silo.Tests.Security.Replays;

/// <summary>Tokens that are asked about at the same time share a call, and each gets its own answer.</summary>
public sealed class ReplayLineTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeReplays _service = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_one_of_many_gets_its_answer_once()
    {
        var line = NewLine(Patience);
        var names = Enumerable.Range(0, 12_000).Select(number => number % 9_000).ToList();

        var answers = await Task.WhenAll(names.Select(name => Task.Run(() => line.Use(Use(name)).AsTask(), Ct)));

        Assert.Equal(9_000, answers.Count(answer => answer == ErrorReason.Unspecified));
        Assert.Equal(3_000, answers.Count(answer => answer == ErrorReason.CredentialsReplayed));
        Assert.Equal(1, _service.MostAtOnce);
    }

    [Fact]
    public async Task What_comes_while_a_call_is_under_way_goes_with_the_next()
    {
        var line = NewLine(Patience);
        _service.Gate = new TaskCompletionSource();
        var answers = Enumerable.Range(0, 101).Select(name => line.Use(Use(name)).AsTask()).ToList();

        _service.Gate.SetResult();

        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(ErrorReason.Unspecified, answer));
        Assert.Equal(2, _service.Calls);
    }

    [Fact]
    public async Task Silo_that_does_not_answer_in_time_vouches_for_nothing()
    {
        _service.Gate = new TaskCompletionSource();

        Assert.Equal(ErrorReason.NotReady, await NewLine(TimeSpan.FromMilliseconds(20)).Use(Use(1)));
    }

    [Fact]
    public async Task Silo_that_fails_vouches_for_nothing_and_is_asked_again()
    {
        var line = NewLine(Patience);
        _service.Failure = new TimeoutException();
        Assert.Equal(ErrorReason.NotReady, await line.Use(Use(1)));

        _service.Failure = null;
        Assert.Equal(ErrorReason.Unspecified, await line.Use(Use(2)));
    }

    private ReplayLine NewLine(TimeSpan patience) => new(_service, patience, TimeProvider.System, NullLogger.Instance);

    private static TokenUse Use(int name) => new((UInt128)name, 0, long.MaxValue);

    private sealed class FakeReplays : IReplayService
    {
        private readonly HashSet<UInt128> _used = [];
        private int _atOnce;

        public TaskCompletionSource? Gate { get; set; }

        public Exception? Failure { get; set; }

        public int Calls { get; private set; }

        public int MostAtOnce { get; private set; }

        public async Task<Immutable<ErrorReason[]>> Use(Immutable<TokenUse[]> uses)
        {
            Calls++;
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _atOnce));
            await (Gate?.Task ?? Task.Delay(1, CancellationToken.None));
            Interlocked.Decrement(ref _atOnce);
            return Failure is { } failure
                ? throw failure
                : Array
                    .ConvertAll(
                        uses.Value,
                        use => _used.Add(use.Name) ? ErrorReason.Unspecified : ErrorReason.CredentialsReplayed
                    )
                    .AsImmutable();
        }
    }
}
