using SignalExchange.Client.Tests.Server;
using SignalExchange.Client.TokenCache;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.TokenCache;

/// <summary>An identifier seen again costs no evaluation, whichever cache there is and however it fares.</summary>
public sealed class TokenCacheTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    private int Evaluated =>
        Exchange.Record.Of<EvaluateRequest>().Sum(request => request.BlindedElements.Length / Token.Size);

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task What_was_asked_before_is_not_evaluated_again()
    {
        var client = Exchange.Join("platform-a");

        var first = await client.MakeTokensAsync([.. Samples.Emails(10)], Ct);
        var again = await client.MakeTokensAsync([.. Samples.Emails(12)], Ct);

        Assert.Equal(first, again.Take(10));
        Assert.Equal(12, Evaluated);
    }

    [Fact]
    public async Task An_identifier_that_stands_twice_in_a_batch_is_evaluated_once()
    {
        var client = Exchange.Join("platform-a");

        var tokens = await client.MakeTokensAsync(
            [Samples.Email(1), Samples.Url(1), Samples.Email(1), Samples.Email(2)],
            Ct
        );

        Assert.Equal(tokens[0], tokens[2]);
        Assert.Equal(3, tokens.Distinct().Count());
        Assert.Equal(3, Evaluated);
    }

    [Fact]
    public async Task The_memory_is_bounded()
    {
        using var cache = new MemoryTokenCache(50);
        var keyId = new KeyId(IndicatorType.Email, 1, 7);
        for (var number = 0u; number < 1000; number++)
        {
            var token = new EvaluatedIdentifier(keyId, default, new byte[32]);
            await cache.SetAsync([new(new TokenCacheKey(keyId, number), token)], Ct);

            Assert.InRange(cache.Count, 0, 50);
        }
    }

    [Fact]
    public async Task Without_room_everything_is_evaluated()
    {
        var client = Exchange.Join("platform-a", options => options.TokenCacheSize = 0);

        await client.MakeTokensAsync([Samples.Email(1)], Ct);
        await client.MakeTokensAsync([Samples.Email(1)], Ct);

        Assert.Equal(2, Evaluated);
    }

    [Fact]
    public async Task A_store_of_the_platform_serves_all_its_machines_if_they_share_the_secret()
    {
        var store = new DictionaryCache();
        var secret = new byte[32];
        secret[0] = 1;
        await Machine(store, secret).MakeTokensAsync([Samples.Email(1)], Ct);

        await Machine(store, secret).MakeTokensAsync([Samples.Email(1)], Ct);
        Assert.Equal(1, Evaluated);

        await Machine(store, new byte[32]).MakeTokensAsync([Samples.Email(1)], Ct);
        Assert.Equal(2, Evaluated);
    }

    [Fact]
    public async Task A_store_sees_keyed_hashes_and_never_the_identifier()
    {
        var store = new DictionaryCache();
        await Machine(store, new byte[32]).MakeTokensAsync([Samples.Email(1)], Ct);

        var key = Assert.Single(store.Tokens.Keys);

        Assert.Equal(Samples.Email(1).ComputeDigest(new byte[32]), key.Digest);
        Assert.Equal(Exchange.Keys.Active(IndicatorType.Email).KeyId, key.KeyId);
        Assert.Equal($"{key.KeyId}/{key.Digest:x32}", key.ToKeyString());
        Assert.Equal(key.KeyId.ToString(), key.ToString());
    }

    [Fact]
    public async Task A_store_that_fails_costs_evaluations_and_no_call()
    {
        var log = new CollectingLoggers();
        var client = Exchange.Join(
            "platform-a",
            options => (options.TokenCache, options.Loggers) = (new BrokenCache(), log)
        );

        await client.MakeTokensAsync([Samples.Email(1)], Ct);
        await client.MakeTokensAsync([Samples.Email(1)], Ct);

        Assert.Equal(2, Evaluated);
        Assert.Equal(
            4,
            log.Messages.Count(message =>
                message.StartsWith("Warning: The platform's token cache", StringComparison.Ordinal)
            )
        );
    }

    [Fact]
    public async Task A_token_of_another_key_is_not_taken_from_a_store()
    {
        var store = new DictionaryCache();
        var client = Machine(store, new byte[32]);
        var honest = (await client.MakeTokensAsync([Samples.Email(1)], Ct))[0];
        var foreign = new EvaluatedIdentifier(
            honest.KeyId with
            {
                Epoch = 9,
            },
            new Token(new byte[Token.Size]),
            new byte[32]
        );
        store.Tokens[store.Tokens.Keys.Single()] = foreign;

        Assert.Equal(honest, (await client.MakeTokensAsync([Samples.Email(1)], Ct))[0]);
    }

    private SignalExchangeClient Machine(ITokenCache store, byte[] secret) =>
        Exchange.Join("platform-a", options => (options.TokenCache, options.TokenCacheSecret) = (store, secret));
}
