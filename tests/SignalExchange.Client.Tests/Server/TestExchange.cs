using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
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
    private readonly List<TestSilo> _silos = [];

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

    /// <summary>Gets the address of the first silo.</summary>
    public Uri Address => _silos[0].Address;

    public static async Task<TestExchange> StartAsync()
    {
        var exchange = new TestExchange();
        await exchange.AddSiloAsync();
        return exchange;
    }

    /// <summary>Starts one more server of the same exchange.</summary>
    public async Task<TestSilo> AddSiloAsync(X509Certificate2? certificate = null)
    {
        var silo = new TestSilo(this, certificate);
        await silo.StartAsync();
        _silos.Add(silo);
        return silo;
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
    public Task StopAsync() => _silos[0].StopAsync();

    /// <summary>Starts again at the same address.</summary>
    public Task RestartAsync() => _silos[0].StartAsync();

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

        foreach (var silo in _silos)
        {
            await silo.DisposeAsync();
        }

        Keys.Dispose();
    }
}
