using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Health;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>A whole exchange in this process: real storage in a temporary folder, real keys, real HTTP/2 on loopback.</summary>
public class ExchangeFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-").FullName;
    private readonly List<IDisposable> _owned = [];
    private WebApplication? _app;
    private Uri? _address;

    /// <summary>Gets what every start and the bootstrap are told besides, an engine for instance.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    public TestMember Operator { get; } = FirstOperator.Copy();

    public string DataDirectory => Path.Combine(_folder, "data");

    public IServiceProvider Services => _app!.Services;

    public Uri Address => _address!;

    /// <summary>Gets or sets what replaces parts of the exchange at its next start.</summary>
    public Action<IServiceCollection>? Replace { get; set; }

    public AccessLogHost Log => Services.GetRequiredService<AccessLogHost>();
    private ReadinessCheck Ready => ActivatorUtilities.CreateInstance<ReadinessCheck>(Services);

    public async ValueTask InitializeAsync()
    {
        await Bootstrap();
        await Start();
    }

    /// <summary>Enrols the operator by the server's own command, or where that makes no difference by a copy of what it once left.</summary>
    /// <returns>The command's exit code.</returns>
    public async Task<int> Bootstrap(params string[] settings)
    {
        string[] all = [.. Settings, .. settings];
        if (Directory.Exists(DataDirectory) || Array.Exists(all, IsOfStorage))
        {
            return await FirstOperator.Enrol(DataDirectory, all);
        }

        await FirstOperator.CopyEnrolled(DataDirectory);
        return 0;
    }

    public Task Start(params string[] settings) => StartAt("http", settings);

    /// <summary>Starts it on a free port with the given scheme.</summary>
    public async Task StartAt(string scheme, params string[] settings)
    {
        string[] args =
        [
            "--Exchange:DataDirectory",
            DataDirectory,
            "--Exchange:Listen",
            $"{scheme}://127.0.0.1:0",
            "--Logging:LogLevel:Default",
            "Warning",
            // Other exchanges start beside it, and the machine may have much else to do.
            "--Exchange:AccessLog:AppendTimeout",
            "00:00:10",
            .. Settings,
            .. settings,
        ];
        _app = await ServeCommand.Build(args, CancellationToken.None, builder => Replace?.Invoke(builder.Services));
        await _app.StartAsync();
        _address = new Uri(_app.Urls.First());
        await Until(() => Ready.Reason is null, "the exchange is ready");
    }

    public async Task Stop()
    {
        if (_app is { } app)
        {
            _app = null;
            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Adds a member with a new key, by the service as an operator does.</summary>
    public async Task<TestMember> AddMember(string memberId, params string[] groups)
    {
        var member = new TestMember(memberId);
        _owned.Add(member);
        await AddMember(memberId, member.PublicKey, groups);
        return member;
    }

    /// <summary>Adds a member with a key of its own.</summary>
    public async Task AddMember(string memberId, byte[] publicKey, params string[] groups)
    {
        var request = new AddMemberRequest
        {
            MemberId = memberId,
            GroupIds = { groups },
            PublicKey = Google.Protobuf.ByteString.CopyFrom(publicKey),
        };
        await new MemberService.MemberServiceClient(InvokerFor(Operator)).AddMemberAsync(request);
    }

    /// <summary>Calls as a member does: with a fresh token for every call, or with the one that is given.</summary>
    public CallInvoker InvokerFor(TestMember? member, Func<string>? sign = null)
    {
        var channel = GrpcChannel.ForAddress(Address);
        _owned.Add(channel);
        sign ??= member is null ? null : () => member.Sign(TimeProvider.System.GetUtcNow());
        return sign is null
            ? channel.CreateCallInvoker()
            : channel.Intercept(metadata =>
            {
                metadata.Add("authorization", "Bearer " + sign());
                return metadata;
            });
    }

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(own => own.Dispose());
        await Stop();
        Operator.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static bool IsOfStorage(string setting) =>
        setting.StartsWith("--Exchange:Storage:", StringComparison.Ordinal)
        || setting.Equals("--Exchange:ShardCount", StringComparison.Ordinal);

    /// <summary>Polls until something holds, for a minute: the machine may have much else to do.</summary>
    public static Task Until(Func<bool> holds, string what) => Until(() => Task.FromResult(holds()), what);

    /// <summary>Polls until something holds that has to be asked for, for a minute.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        while (!await holds())
        {
            Assert.True(clock.GetElapsedTime(started) < TimeSpan.FromMinutes(1), $"Waited a minute until {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
