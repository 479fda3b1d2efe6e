using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Grpc.Core;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Options;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Transport;

/// <summary>One exchange of three silos, which come and go under calls.</summary>
public sealed class BalancingTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<TestSilo> _silos = [];
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync()
    {
        _exchange = await TestExchange.StartAsync(); // its first silo is not told of
        for (var i = 0; i < 3; i++)
        {
            _silos.Add(await Exchange.AddSiloAsync());
        }
    }

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task Calls_go_to_every_silo_in_turn()
    {
        var client = Join();
        await UntilAsync(() => _silos.TrueForAll(silo => silo.Calls > 0), client, "a call at every silo");
        var before = _silos.ConvertAll(silo => silo.Calls);

        for (var call = 0; call < 30; call++)
        {
            await CheckAsync(client);
        }

        Assert.All(_silos.Zip(before), it => Assert.Equal(10, it.First.Calls - it.Second));
    }

    [Fact]
    public async Task A_silo_that_dies_under_calls_fails_none()
    {
        var client = Join();
        await UntilAsync(() => _silos.TrueForAll(silo => silo.Calls > 0), client, "a call at every silo");
        var (begun, done, isOver) = (100, 0, false);
        var load = Enumerable.Range(0, 8).Select(_ => Task.Run(CallOnAsync)).ToArray();
        await UntilAsync(() => Volatile.Read(ref done) > 100, client, "a hundred calls");

        await _silos[1].StopAsync();
        var atDeath = Volatile.Read(ref done);
        await UntilAsync(() => Volatile.Read(ref done) > atDeath + 300, client, "three hundred calls more");

        await _silos[1].StartAsync();
        var atReturn = _silos[1].Calls;
        await UntilAsync(() => _silos[1].Calls > atReturn, client, "a call at the silo that came back");
        Volatile.Write(ref isOver, true);
        await Task.WhenAll(load);
        AssertNoTokenWasUsedTwice();

        async Task CallOnAsync()
        {
            while (!Volatile.Read(ref isOver))
            {
                await CheckAsync(client);
                var email = Samples.Email(Interlocked.Increment(ref begun)); // an indicator has so many revisions an hour
                var outcome = await client.SubmitAsync(Samples.Submission(email), Ct);
                Assert.True(outcome.IsAccepted, outcome.Refusal?.ToString());
                Interlocked.Increment(ref done);
            }
        }
    }

    [Fact]
    public async Task A_silo_that_is_not_ready_is_left_alone_and_fails_no_call()
    {
        var client = Join();
        await UntilAsync(() => _silos.TrueForAll(silo => silo.Calls > 0), client, "a call at every silo");
        _silos[0].IsUnready = true;
        await UntilAsync(() => true, client, "the first call that is refused");
        var before = _silos[0].Calls;

        var calls = 0;
        for (; calls < 200; calls++)
        {
            await CheckAsync(client);
        }

        Assert.InRange(_silos[0].Calls - before, 0, 20); // in turn it would be 67
        _silos[0].IsUnready = false;
        var ready = _silos[0].Calls;
        await UntilAsync(() => _silos[0].Calls > ready + 5, client, "calls at the silo that is ready again");
        AssertNoTokenWasUsedTwice();
    }

    [Fact]
    public async Task A_silo_that_is_frozen_is_left_alone_once_a_call_has_ended_by_its_deadline()
    {
        var client = Join(options => options.Deadline = TimeSpan.FromSeconds(2)); // less than it takes to notice by a connection's silence
        await UntilServedAsync(client); // the first call waits for connections, and may be late
        await UntilAsync(() => _silos.TrueForAll(silo => silo.Calls > 0), client, "a call at every silo");
        _silos[0].IsFrozen = true;
        var (failed, before) = (0, _silos[0].Calls);

        for (var call = 0; call < 60; call++)
        {
            try
            {
                await CheckAsync(client);
            }
            catch (SignalExchangeException failure) when (failure.StatusCode == StatusCode.DeadlineExceeded)
            {
                failed++;
            }
        }

        Assert.NotEqual(0, failed);
        Assert.InRange(_silos[0].Calls - before, 1, 6); // in turn it would be 20
    }

    [Fact]
    public async Task Work_in_bulk_goes_on_at_another_silo()
    {
        var client = Join(options => options.BatchSize = 10);
        var submissions = Enumerable
            .Range(0, 600)
            .Select(number => Samples.Submission(Samples.Email(number % 20)))
            .ToList();
        var isKilled = 0;
        Exchange.Script.BeforeAnswer = (batch, context) =>
            batch == 10 && Interlocked.Exchange(ref isKilled, 1) == 0
                ? KillAsync(context.GetHttpContext().Connection.LocalPort)
                : Task.CompletedTask;

        var accepted = 0;
        await foreach (var outcome in client.SubmitManyAsync(submissions.ToAsyncEnumerable(), Ct))
        {
            accepted += outcome.IsAccepted ? 1 : 0;
        }

        Assert.Equal(submissions.Count, accepted);
        Assert.Equal(1, isKilled);

        // The silo that the stream is at. It waits for this very call to end, so nobody waits for it here.
        Task KillAsync(int port)
        {
            _ = Task.Run(_silos.Single(silo => silo.Address.Port == port).StopAsync, Ct);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task An_exchange_that_is_away_as_a_whole_is_unavailable()
    {
        var client = Join(options => options.Deadline = TimeSpan.FromSeconds(5));
        await CheckAsync(client);
        foreach (var silo in _silos)
        {
            await silo.StopAsync();
        }

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() => CheckAsync(client));

        Assert.True(failure.IsTransient);
        foreach (var silo in _silos)
        {
            await silo.StartAsync();
        }

        await UntilServedAsync(client);
    }

    [Fact]
    public async Task A_name_stands_for_the_silos_at_its_addresses()
    {
        using var certificate = CreateCertificate();
        var silo = await Exchange.AddSiloAsync(certificate);
        var client = Exchange.Join(
            "platform-a",
            options =>
            {
                options.Endpoint = new Uri($"dns:///localhost:{silo.Address.Port}");
                options.CreateHandler = () => Trust(certificate);
            }
        );

        await CheckAsync(client);

        Assert.True(silo.Calls > 0);
    }

    private SignalExchangeClient Join(Action<SignalExchangeClientOptions>? change = null) =>
        Exchange.Join(
            "platform-a",
            options =>
            {
                options.Endpoint = _silos[0].Address;
                options.OtherEndpoints = [.. _silos.Skip(1).Select(silo => silo.Address)];
                change?.Invoke(options);
            }
        );

    private static Task<CheckResult> CheckAsync(SignalExchangeClient client) =>
        client.CheckAsync(Samples.Email(1), CheckPurpose.Test, Ct);

    private static async Task UntilAsync(Func<bool> isSo, SignalExchangeClient client, string what)
    {
        using var limit = new CancellationTokenSource(Patience);
        do
        {
            Assert.False(limit.IsCancellationRequested, $"Waited in vain for {what}.");
            await CheckAsync(client);
        } while (!isSo());
    }

    // Connections are tried again after a pause, of five seconds at most.
    private static async Task UntilServedAsync(SignalExchangeClient client)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                await CheckAsync(client);
                return;
            }
            catch (SignalExchangeException failure) when (failure.IsTransient && !limit.IsCancellationRequested)
            {
                // Once more.
            }
        }
    }

    private void AssertNoTokenWasUsedTwice()
    {
        string[] methods = ["Check", "Submit", "Evaluate"];
        var ids = methods.SelectMany(Exchange.Record.AttemptsOf).Select(token => token.Id).ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)
        );
    }

    private static SocketsHttpHandler Trust(X509Certificate2 certificate) =>
        new()
        {
            SslOptions =
            {
                RemoteCertificateValidationCallback = (_, presented, _, _) =>
                    presented?.GetCertHashString() == certificate.GetCertHashString(),
            },
        };
}
