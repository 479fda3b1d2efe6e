using System.Collections.Immutable;
using System.Security.Cryptography;
using SignalExchange.Clustering;
using SignalExchange.Contracts;
using SignalExchange.Index;
using SignalExchange.Storage;
using SignalExchange.TestKit;

namespace SignalExchange.Grains.Tests.Placement;

/// <summary>A shard's writer and its indicators live on one silo, and nothing is lost when that becomes another one.</summary>
public sealed class PlacementTests : IAsyncLifetime
{
    private readonly PlacementFixture _fixture = new();

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task Shard_and_its_indicators_live_where_rendezvous_hashing_says()
    {
        var tokens = NewTokens(200);
        await SubmitAll(tokens);

        await UntilEveryShardHasItsWriterAtHome();

        var homes = Homes();
        var indicators = await Activations("indicator");
        Assert.Equal(tokens.Count, indicators.Count);
        Assert.All(
            indicators,
            it => Assert.Equal(homes[_fixture.Shards.ShardOf(TokenOf(it.GrainId)).Number], it.SiloAddress)
        );
        Assert.Equal(3, indicators.Select(it => it.SiloAddress).Distinct().Count());
    }

    [Fact]
    public async Task What_is_committed_on_one_silo_is_in_the_index_of_each()
    {
        var tokens = NewTokens(300);

        await SubmitAll(tokens);

        await Until(() => Indexes.All(index => tokens.All(token => index.TryFind(token, out _))), "all in each index");
    }

    [Fact]
    public async Task Shards_move_to_a_silo_that_joins_and_what_is_written_meanwhile_is_in_its_index()
    {
        var tokens = NewTokens(300);
        var writing = SubmitAll(tokens);
        await _fixture.Cluster.StartAdditionalSiloAsync();
        await writing;

        await _fixture.UntilSilosAgree(4);
        await UntilEveryShardHasItsWriterAtHome();
        await Until(() => Indexes.All(index => tokens.All(token => index.TryFind(token, out _))), "all in each index");

        Assert.Equal(4, (await Activations("shard")).Select(it => it.SiloAddress).Distinct().Count());
    }

    [Fact]
    public async Task Silo_that_is_killed_takes_nothing_with_it_and_its_shards_are_written_elsewhere()
    {
        var tokens = NewTokens(300);
        await SubmitAll(tokens);
        await _fixture.Cluster.KillSiloAsync(_fixture.Cluster.Silos[^1], TestContext.Current.CancellationToken);

        var later = NewTokens(300);
        await SubmitAll(later);

        await UntilEveryShardHasItsWriterAtHome();
        await Until(
            () => Indexes.All(index => tokens.Concat(later).All(token => index.TryFind(token, out _))),
            "all in each index"
        );
        Assert.All(_fixture.Shards.All, shard => Assert.True(IsDense(shard)));
    }

    private IEnumerable<LocalIndex> Indexes =>
        Enumerable.Range(0, _fixture.Cluster.Silos.Count).Select(silo => _fixture.Get<LocalIndex>(silo));

    private ImmutableArray<SiloAddress> Homes() => _fixture.Get<ClusterView>(0).Current.OwnersOf(_fixture.Shards.Count);

    private Task<List<DetailedGrainStatistic>> UntilEveryShardHasItsWriterAtHome() =>
        Eventually.ResultAsync(
            () => Activations("shard"),
            shards =>
                shards.Count == _fixture.Shards.Count
                && shards.TrueForAll(it => it.SiloAddress.Equals(Homes()[(int)it.GrainId.GetIntegerKey()])),
            "every shard's writer at home"
        );

    private async Task<List<DetailedGrainStatistic>> Activations(string type) =>
        [
            .. (await _fixture.Get<IGrainFactory>(0).GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics()).Where(
                it => it.GrainId.Type.ToString() == type
            ),
        ];

    private async Task SubmitAll(IReadOnlyList<Token> tokens) =>
        await Parallel.ForEachAsync(
            tokens.Index(),
            TestContext.Current.CancellationToken,
            async (token, _) => await SubmitUntilAccepted(token.Index % 2, token.Item)
        );

    // As clients do: the same submission again, while a shard is on its way to another silo.
    private async Task SubmitUntilAccepted(int silo, Token token)
    {
        var id = RandomNumberGenerator.GetBytes(16);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var result = await _fixture.Submit(silo, token, id: id);
                if (result.Accepted is not null)
                {
                    return;
                }
            }
            catch (Exception failure) when (failure is OrleansException or TimeoutException && attempt < 500) { }

            Assert.True(attempt < 500, "A submission is never accepted.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private bool IsDense(Shard shard)
    {
        var next = 1L;
        foreach (var row in _fixture.Store.ReadLogAsync(shard, 0, default).ToBlockingEnumerable())
        {
            if (row.FirstSequence != next)
            {
                return false;
            }

            next = row.LastSequence + 1;
        }

        return true;
    }

    private static Task Until(Func<bool> condition, string what) => PlacementFixture.Until(condition, what);

    private static Token TokenOf(GrainId grain) => Token.FromKeyString(grain.Key.ToString()!);

    private static List<Token> NewTokens(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => new Token(RandomNumberGenerator.GetBytes(Token.Size)))];
}
