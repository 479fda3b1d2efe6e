using Microsoft.Extensions.Time.Testing;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Tests.Members;

/// <summary>
/// How soon a silo hears of a change, by the registry's clock: at once if it waits, and a second after it began to wait if nothing changed. So a
/// revoked key opens no silo a second later, whatever else the machines do.
/// </summary>
public sealed class WaitForChangeTests
{
    // For what hangs only: no test moves a clock that this would be measured by.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _clock = new(Acts.Now);
    private readonly StoredState _stored = new();
    private readonly MemberRegistryGrain _registry;

    public WaitForChangeTests() => _registry = new(_stored, _clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_waits_is_told_of_a_revoked_key_while_the_clock_stands_still()
    {
        var operatorKey = await Bootstrap();
        var key = Acts.NewKey();
        await _registry.Act(Acts.AddAct("platform-a", [], key), operatorKey);
        var known = (await _registry.WaitForChange(0, Ct))!;
        var thumbprint = known.Members.Single(it => it.MemberId == "platform-a").Keys[0].Thumbprint;
        var waiting = Enumerable.Range(0, 3).Select(_ => _registry.WaitForChange(known.Version, Ct)).ToList();
        Assert.All(waiting, it => Assert.False(it.IsCompleted));

        await _registry.Act(
            new()
            {
                RevokeKey = new() { MemberId = "platform-a", Thumbprint = thumbprint },
            },
            operatorKey
        );

        foreach (var told in await Task.WhenAll(waiting).WaitAsync(Patience, Ct))
        {
            Assert.NotNull(Assert.Single(told!.Members.Single(it => it.MemberId == "platform-a").Keys).RevokedAt);
        }
    }

    [Fact]
    public async Task Whoever_comes_too_late_is_told_without_waiting()
    {
        await Bootstrap();

        Assert.NotNull(await _registry.WaitForChange(0, Ct).WaitAsync(Patience, Ct));
    }

    [Fact]
    public async Task After_a_second_without_a_change_the_registry_says_so()
    {
        await Bootstrap();
        var version = (await _registry.WaitForChange(0, Ct))!.Version;
        var waiting = _registry.WaitForChange(version, Ct);

        _clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await waiting.WaitAsync(Patience, Ct));
    }

    private async Task<string> Bootstrap()
    {
        await _registry.OnActivateAsync(Ct);
        var reply = await _registry.Bootstrap(Acts.NewKey().ToByteArray());
        return reply.Member!.Keys[0].Thumbprint;
    }

    // Where the registry is written: in memory.
    private sealed class StoredState : IPersistentState<RegistryState>
    {
        public RegistryState State { get; set; } = new();

        public string? Etag => null;

        public bool RecordExists => true;

        public Task ClearStateAsync() => Task.CompletedTask;

        public Task WriteStateAsync() => Task.CompletedTask;

        public Task ReadStateAsync() => Task.CompletedTask;
    }
}
