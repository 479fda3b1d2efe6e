using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Logging;

namespace SignalExchange.Clustering.Tests;

/// <summary>Who follows the membership goes on whatever fails, and says so.</summary>
public sealed class ClusterViewTests
{
    private readonly TestMembership _membership = new();
    private readonly FakeTimeProvider _time = new();
    private readonly ListLogger<ClusterView> _log = new();
    private readonly ConcurrentQueue<long> _followed = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_that_could_not_be_followed_is_followed_later_and_so_are_those_after_it()
    {
        var failures = 2;
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var following = Follow(
            shape =>
            {
                if (shape.Version == 1 && failures-- > 0)
                {
                    throw new InvalidOperationException("As if a silo's address were wrong.");
                }
            },
            stopping.Token
        );
        await Until(() => _followed.Contains(0), "the first shape");

        _membership.Change();
        await Until(() => _followed.Contains(1), "the change that failed twice");
        _membership.Change();
        await Until(() => _followed.Contains(2), "the change after it");

        Assert.Equal(
            2,
            _log.Lines.Count(line =>
                line.StartsWith("Error: A change of the membership was not followed", StringComparison.Ordinal)
            )
        );
        await stopping.CancelAsync();
        await following; // ends without an exception
    }

    [Fact]
    public async Task Membership_that_fails_to_tell_is_asked_again()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var following = Follow(_ => { }, stopping.Token);
        await Until(() => _followed.Contains(0), "the first shape");

        _membership.Break(new OperationCanceledException("Somebody else's.")); // not this one's end
        _membership.Change();
        await Until(() => _followed.Contains(1), "the change");

        Assert.Single(_log.Lines);
        await stopping.CancelAsync();
        await following;
    }

    private Task Follow(Action<ClusterShape> follow, CancellationToken stoppingToken) =>
        new ClusterView(_membership, new Local()).Follow(
            shape =>
            {
                follow(shape);
                _followed.Enqueue(shape.Version);
            },
            _time,
            _log,
            stoppingToken
        );

    private Task Until(Func<bool> condition, string what) =>
        Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return condition();
            },
            what
        );

    private sealed class Local : ILocalSiloDetails
    {
        public string Name => "silo";

        public string ClusterId => "cluster";

        public string DnsHostName => "localhost";

        public SiloAddress SiloAddress { get; } = Silos.Number(0);

        public SiloAddress GatewayAddress => SiloAddress;
    }
}
