using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;
using SignalExchange.Client.Testing;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Server;

/// <summary>
/// An exchange in this process, behind real HTTP/2 on loopback: real keys and proofs, the fake's ledger, and a script for what is to
/// go wrong. It remembers what it was asked.
/// </summary>
internal sealed class TestExchange : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _clients = [];
    private readonly ConcurrentDictionary<string, Caller> _members = new();
    private WebApplication? _app;

    private TestExchange() => Templates = new(Ledger, Keys, TimeProvider.System);

    /// <summary>Gets what is to go wrong.</summary>
    public CallScript Script { get; } = new();

    /// <summary>Gets what was asked.</summary>
    public CallRecord Record { get; } = new();

    /// <summary>Gets the keys.</summary>
    public TestKeys Keys { get; } = new();

    /// <summary>Gets the signals.</summary>
    public FakeLedger Ledger { get; } = new(TimeProvider.System);

    /// <summary>Gets the templates.</summary>
    public FakeTemplates Templates { get; }

    /// <summary>Gets the members that are refused.</summary>
    public ConcurrentDictionary<string, bool> Suspended { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<TestExchange> StartAsync()
    {
        var exchange = new TestExchange();
        await exchange.ListenAsync(0);
        return exchange;
    }

    /// <summary>Makes a client of a member, with few retries and little patience, so that tests that fail do so soon.</summary>
    public SignalExchangeClient Join(
        string member,
        Action<SignalExchangeClientOptions>? change = null,
        params string[] groups
    )
    {
        _members[member] = new Caller(new MemberId(member), groups.ToHashSet(StringComparer.Ordinal));
        var options = new SignalExchangeClientOptions
        {
            Endpoint = Address,
            Credential = new MemberCredential(new MemberId(member), MemberKeys.Create()),
            Deadline = TimeSpan.FromSeconds(20),
            Patience = TimeSpan.FromSeconds(20),
        };
        change?.Invoke(options);
        var client = new SignalExchangeClient(options);
        _clients.Add(client);
        return client;
    }

    /// <summary>Returns who calls, by the token, whose signature is the exchange's business and not this one's.</summary>
    public Caller CallerOf(HttpContext http) => _members[CallRecord.TokenOf(http.Request).Issuer];

    /// <summary>Stops as a process that is killed: connections break. What it knows stays.</summary>
    public async Task StopAsync()
    {
        await _app!.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    /// <summary>Starts again at the same address.</summary>
    public Task RestartAsync() => ListenAsync(Address.Port);

    /// <summary>Answers a call, unless the script says otherwise.</summary>
    public async Task<T> Answer<T>(string method, IMessage request, ServerCallContext context, Func<FakeCall, T> act)
    {
        Record.Add(request);
        await Script.PlayAsync(method, context);
        return Act(context, act);
    }

    /// <summary>Does what a member asks for, one at a time.</summary>
    public T Act<T>(ServerCallContext context, Func<FakeCall, T> act)
    {
        var caller = CallerOf(context.GetHttpContext());
        if (Suspended.ContainsKey(caller.Member.Value))
        {
            throw Failures.Of(ErrorReason.MemberSuspended);
        }

        try
        {
            lock (Ledger)
            {
                return act(new FakeCall(caller, Keys, Ledger, Templates, Script.Items));
            }
        }
        catch (SignalExchangeException refused)
        {
            throw Failures.Of(refused.Refusal ?? new Refusal(ErrorReason.Internal));
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _app!.DisposeAsync();
        Keys.Dispose();
    }

    private async Task ListenAsync(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http2)
        );
        builder.Services.AddSingleton(this);
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = Limits.MaxMessageBytes);
        _app = builder.Build();
        _app.Use(
            (http, next) =>
            {
                Record.Add(http.Request);
                return next(http);
            }
        );
        _app.MapGrpcService<TestKeyService>();
        _app.MapGrpcService<TestSignalService>();
        _app.MapGrpcService<TestTemplateService>();
        await _app.StartAsync();
        Address = new Uri(
            _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()
        );
    }
}
