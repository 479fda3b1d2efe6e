using System.Net;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Client.Transport.Balancing;

namespace SignalExchange.Client.Tests.Transport;

/// <summary>What counts against a silo, and what does not.</summary>
public sealed class SiloRestHandlerTests
{
    private static readonly Uri Silo = new("https://silo-1:7400/signalexchange.v1.SignalService/Check");

    private readonly FakeTimeProvider _clock = new();
    private readonly SiloRest _rest;

    public SiloRestHandlerTests() => _rest = new(_clock);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private bool IsResting => _rest.IsResting(Silo.DnsSafeHost, Silo.Port);

    [Theory]
    [InlineData("500m", 500)]
    [InlineData("4S", 4_000)]
    [InlineData("2M", 120_000)]
    [InlineData("1H", 3_600_000)]
    [InlineData("900000u", 900)]
    public async Task A_call_that_ends_by_its_own_deadline_counts(string timeout, int milliseconds)
    {
        await GiveUpAfter(TimeSpan.FromMilliseconds(milliseconds), timeout);

        Assert.True(IsResting);
    }

    [Theory]
    [InlineData("500m", 300)]
    [InlineData("4S", 3_000)]
    [InlineData(null, 3_000)]
    [InlineData("x", 3_000)]
    public async Task A_call_that_its_caller_gives_up_does_not(string? timeout, int milliseconds)
    {
        await GiveUpAfter(TimeSpan.FromMilliseconds(milliseconds), timeout);

        Assert.False(IsResting);
    }

    [Theory]
    [InlineData("14", true)]
    [InlineData("4", true)]
    [InlineData("3", false)]
    [InlineData(null, false)]
    public async Task An_answer_counts_as_its_status_says(string? status, bool isResting)
    {
        var response = new HttpResponseMessage(HttpStatusCode.OK);
        if (status is not null)
        {
            response.Headers.Add("grpc-status", status);
        }

        using var invoker = Invoker((_, _) => Task.FromResult(response));
        await invoker.SendAsync(RequestWith("500m"), Ct);

        Assert.Equal(isResting, IsResting);
    }

    [Fact]
    public async Task A_connection_that_breaks_counts()
    {
        using var invoker = Invoker((_, _) => throw new HttpRequestException("gone"));
        await Assert.ThrowsAsync<HttpRequestException>(() => invoker.SendAsync(RequestWith("500m"), Ct));

        Assert.True(IsResting);
    }

    private async Task GiveUpAfter(TimeSpan time, string? timeout)
    {
        using var given = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var invoker = Invoker(
            async (_, cancelled) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancelled);
                throw new InvalidOperationException();
            }
        );
        var call = invoker.SendAsync(RequestWith(timeout), given.Token);

        _clock.Advance(time);
        await given.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }

    private static HttpRequestMessage RequestWith(string? timeout)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Silo);
        if (timeout is not null)
        {
            request.Headers.Add("grpc-timeout", timeout);
        }

        return request;
    }

    private HttpMessageInvoker Invoker(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) =>
        new(new SiloRestHandler(_rest, _clock, new Answering(answer)));

    private sealed class Answering(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
        : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        ) => answer(request, cancellationToken);
    }
}
