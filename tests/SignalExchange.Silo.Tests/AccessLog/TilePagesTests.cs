using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Storage;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Tiles;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>The log is served to whoever verifies it, at an address of its own, and nothing else is.</summary>
public sealed class TilePagesTests(TilesFixture tiles) : IClassFixture<TilesFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stranger_verifies_the_log_over_http()
    {
        var log = tiles.Exchange.Services.GetRequiredService<AccessLogHost>();
        for (var call = 0; call < 300; call++)
        {
            await tiles.Members.ListMembersAsync(new(), cancellationToken: Ct);
        }

        await ExchangeFixture.Until(() => log.PublishedSize > 300, "the calls are published");
        var policy = new CheckpointPolicy([VerifierKey.Parse(log.VerifierKey)], [], 0);
        var source = new HttpTileSource(tiles.Client, new Uri(tiles.Address, "silo-1"));

        var result = await new LogVerifier(source, new() { Policy = policy }).VerifyAsync(null, Ct);

        Assert.True(result.IsIntact);
        Assert.True(result.Checkpoint!.Checkpoint.Size > 300);
    }

    [Theory]
    [InlineData("/silo-1/checkpoint", HttpStatusCode.OK)]
    [InlineData("/silo-1/log.vkey", HttpStatusCode.OK)]
    [InlineData("/silo-1/checkpoint.signed", HttpStatusCode.NotFound)]
    [InlineData("/silo-1/detail/000", HttpStatusCode.NotFound)]
    [InlineData("/silo-1/tile/0/999", HttpStatusCode.NotFound)]
    [InlineData("/silo-1/../keys/silo-1/signing.key", HttpStatusCode.NotFound)]
    [InlineData("/keys/checkpoint", HttpStatusCode.NotFound)]
    [InlineData("/silo-2/checkpoint", HttpStatusCode.NotFound)]
    [InlineData("/signalexchange.v1.MemberService/ListMembers", HttpStatusCode.NotFound)]
    [InlineData("/", HttpStatusCode.NotFound)]
    public async Task Only_what_verifies_is_served(string path, HttpStatusCode expected)
    {
        var log = tiles.Exchange.Services.GetRequiredService<AccessLogHost>();
        await ExchangeFixture.Until(() => log.PublishedSize > 0, "a checkpoint is published");

        using var response = await tiles.Client.GetAsync(new Uri(tiles.Address, path), Ct);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task What_the_storage_does_not_give_now_is_to_be_asked_for_again()
    {
        tiles.Store.BeforeGet = _ => throw new StorageUnavailableException();
        try
        {
            using var response = await tiles.Client.GetAsync(new Uri(tiles.Address, "/silo-1/checkpoint"), Ct);

            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter?.Delta);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync(Ct));
        }
        finally
        {
            tiles.Store.BeforeGet = _ => Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Nothing_is_written_there()
    {
        using var response = await tiles.Client.PostAsync(new Uri(tiles.Address, "/silo-1/checkpoint"), null, Ct);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
    }

    [Fact]
    public async Task Tiles_are_not_served_where_members_call()
    {
        using var client = new HttpClient
        {
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await client.GetAsync(new Uri(tiles.Exchange.Address, "/silo-1/checkpoint"), Ct);

        Assert.Empty(await response.Content.ReadAsByteArrayAsync(Ct)); // A refusal of gRPC: its status is in the headers.
    }
}
