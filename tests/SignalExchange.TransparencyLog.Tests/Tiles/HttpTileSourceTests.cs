using System.Net;
using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Tests.Tiles;

public sealed class HttpTileSourceTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("https://logs.example/a")]
    [InlineData("https://logs.example/a/")]
    public async Task Files_are_asked_for_below_the_prefix(string prefix)
    {
        using var client = CannedHandler.Client(request =>
            Task.FromResult(
                request.RequestUri!.AbsoluteUri is "https://logs.example/a/tile/0/x001/000.p/1"
                    ? CannedHandler.Answer(HttpStatusCode.OK, new byte[32])
                    : CannedHandler.Answer(HttpStatusCode.NotFound)
            )
        );
        var source = new HttpTileSource(client, new Uri(prefix));

        Assert.Equal(32, (await source.ReadAsync(TilePath.Hashes(0, 1000, 1), Cancelled))!.Value.Length);
        Assert.Null(await source.ReadCheckpointAsync(Cancelled));
    }

    [Fact]
    public async Task A_server_that_fails_is_no_absent_file()
    {
        using var client = CannedHandler.Client(_ =>
            Task.FromResult(CannedHandler.Answer(HttpStatusCode.InternalServerError))
        );
        var source = new HttpTileSource(client, new Uri("https://logs.example"));

        await Assert.ThrowsAsync<HttpRequestException>(async () => await source.ReadCheckpointAsync(Cancelled));
    }

    [Fact]
    public async Task A_file_that_is_longer_than_it_can_be_is_not_read()
    {
        using var client = CannedHandler.Client(_ =>
            Task.FromResult(CannedHandler.Answer(HttpStatusCode.OK, new byte[8193]))
        );
        var source = new HttpTileSource(client, new Uri("https://logs.example"));

        await Assert.ThrowsAsync<InvalidDataException>(async () =>
            await source.ReadAsync(TilePath.Hashes(0, 0), Cancelled)
        );
    }
}
