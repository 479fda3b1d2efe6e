using System.Net;
using System.Net.WebSockets;
using Grpc.Core;
using Grpc.Net.Client;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>What is behind one address is not reached by another, and nobody is believed to be the console who is not.</summary>
public sealed class DoorTests(ConsoleFixture console) : IClassFixture<ConsoleFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/console/overview")]
    [InlineData("/console/sign-in")]
    [InlineData("/_content/SignalExchange.Console/console.css")]
    [InlineData("/_blazor/negotiate")]
    public async Task The_console_is_not_served_where_members_call(string path)
    {
        using var http = new HttpClient { BaseAddress = console.Exchange.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        var answer = await http.SendAsync(request, Ct);

        Assert.Equal("application/grpc", answer.Content.Headers.ContentType?.ToString());
        Assert.NotEqual("0", Assert.Single(answer.Headers.GetValues("grpc-status")));
    }

    [Theory]
    [InlineData("/signalexchange.v1.MemberService/ListMembers")]
    [InlineData("/grpc.health.v1.Health/Check")]
    public async Task Services_are_not_served_where_the_console_is(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent([0, 0, 0, 0, 0]),
        };
        request.Content.Headers.ContentType = new("application/grpc");

        Assert.Equal(HttpStatusCode.NotFound, (await console.Olga.Http.SendAsync(request, Ct)).StatusCode);
    }

    [Fact]
    public async Task Who_says_by_headers_to_be_a_person_is_nobody()
    {
        using var channel = GrpcChannel.ForAddress(console.Exchange.Address);
        var headers = new Metadata
        {
            { "person-account", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
            { "person-session", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" },
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () =>
            await new MemberService.MemberServiceClient(channel).ListMembersAsync(new(), headers, cancellationToken: Ct)
        );

        Assert.Equal(StatusCode.Unauthenticated, refused.StatusCode);
    }

    [Fact]
    public async Task The_live_connection_is_for_who_is_signed_in()
    {
        using var nobody = new ConsolePerson(console.Address, "nobody");

        var answer = await nobody.Http.PostAsync("/_blazor/negotiate?negotiateVersion=1", null, Ct);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://127.0.0.1:1")] // the same site, as cookies go
    [InlineData("null")]
    public async Task The_live_connection_is_not_for_pages_of_another_origin(string origin)
    {
        using var socket = SocketFrom(origin);
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(Live, Ct));
        Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);

        using var negotiation = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        negotiation.Headers.Add("Origin", origin);
        Assert.Equal(HttpStatusCode.Forbidden, (await console.Olga.Http.SendAsync(negotiation, Ct)).StatusCode);
    }

    [Fact]
    public async Task It_is_for_the_consoles_own_pages()
    {
        using var socket = SocketFrom(console.Address.GetLeftPart(UriPartial.Authority));

        await socket.ConnectAsync(Live, Ct);

        Assert.Equal(WebSocketState.Open, socket.State);
    }

    private Uri Live => new UriBuilder(console.Address) { Scheme = "ws", Path = "/_blazor" }.Uri;

    // With the cookies of who is signed in, as a browser would send them.
    private ClientWebSocket SocketFrom(string origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.SetRequestHeader(
            "Cookie",
            string.Join("; ", console.Olga.Cookies.Select(it => $"{it.Name}={it.Value}"))
        );
        return socket;
    }
}
