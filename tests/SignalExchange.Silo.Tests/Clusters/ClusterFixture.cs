using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Clustering;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Health;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Members;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Signals;
using SignalExchange.Storage;
using SignalExchange.Storage.Sqlite;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Clustering;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Silo.Tests.Clusters;

/// <summary>Several exchanges in this process, whole but for this: they share a database by being in one process.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private const int Count = 3;

    // One console: it shows what all silos have.
    private static readonly string[] Console = ["--Exchange:ListenConsole", "http://127.0.0.1:0"];

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-").FullName;
    private readonly SharedMembershipTable _table = new();
    private readonly List<WebApplication> _silos = [];
    private readonly List<IDisposable> _owned = [];
    private SqliteExchangeStore? _database;

    public TestMember Operator { get; } = FirstOperator.Copy();

    public IReadOnlyList<WebApplication> Silos => _silos;

    private string SharedFolder => Path.Combine(_folder, "shared");

    public async ValueTask InitializeAsync()
    {
        await FirstOperator.CopyEnrolled(SharedFolder);
        _database = new(
            Options.Create(new SqliteStorageOptions { DataDirectory = SharedFolder }),
            NullLogger<SqliteExchangeStore>.Instance
        );
        await _database.OpenAsync(CancellationToken.None);
        for (var number = 0; number < Count; number++)
        {
            _silos.Add(await Start(number));
        }

        await Until(
            () => _silos.TrueForAll(silo => ViewOf(silo).Active.Length == Count && ReadinessOf(silo) is null),
            "three silos that are ready"
        );
    }

    /// <summary>Adds a member, by the first silo.</summary>
    public async Task<TestMember> AddMember(string memberId, params string[] groups)
    {
        var member = new TestMember(memberId);
        _owned.Add(member);
        var request = new AddMemberRequest
        {
            MemberId = memberId,
            GroupIds = { groups },
            PublicKey = Google.Protobuf.ByteString.CopyFrom(member.PublicKey),
        };
        await new MemberService.MemberServiceClient(InvokerFor(0, Operator)).AddMemberAsync(request);
        await UntilAllKnow(member);
        return member;
    }

    /// <summary>Adds a custodian of the keys, by the first silo.</summary>
    public async Task<TestMember> AddCustodian()
    {
        var custodian = new TestMember(Operator.MemberId);
        _owned.Add(custodian);
        await new MemberService.MemberServiceClient(InvokerFor(0, Operator)).AddMemberKeyAsync(
            new()
            {
                MemberId = custodian.MemberId,
                PublicKey = Google.Protobuf.ByteString.CopyFrom(custodian.PublicKey),
                Role = KeyRole.KeyCustodian,
            }
        );
        await UntilAllKnow(custodian);
        return custodian;
    }

    /// <summary>Opens the SDK's client of one silo.</summary>
    public SignalExchangeClient ClientOf(int silo, TestMember member)
    {
        var credential = new MemberCredential(new(member.MemberId), member.CopyKey());
        var client = new SignalExchangeClient(
            new SignalExchangeClientOptions { Endpoint = new(_silos[silo].Urls.First()), Credential = credential }
        );
        _owned.AddRange([client, credential]);
        return client;
    }

    /// <summary>Calls one silo as a member does: with a fresh token for every call, or with the one that is given.</summary>
    public CallInvoker InvokerFor(int silo, TestMember member, Func<string>? sign = null)
    {
        var channel = GrpcChannel.ForAddress(_silos[silo].Urls.First());
        _owned.Add(channel);
        sign ??= () => member.Sign(TimeProvider.System.GetUtcNow());
        return channel.Intercept(metadata =>
        {
            metadata.Add("authorization", "Bearer " + sign());
            return metadata;
        });
    }

    internal Reporter ReporterAt(int silo, TestMember member) => new(InvokerFor(silo, member));

    private static Task Until(Func<bool> condition, string what) =>
        Eventually.TrueAsync(condition, what, TimeSpan.FromMilliseconds(20));

    public static ClusterShape ViewOf(WebApplication silo) => silo.Services.GetRequiredService<ClusterView>().Current;

    public SharedShardStore StoreOf(int silo) =>
        (SharedShardStore)_silos[silo].Services.GetRequiredService<IShardStore>();

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(own => own.Dispose());
        foreach (var silo in _silos)
        {
            await silo.StopAsync();
            await silo.DisposeAsync();
        }

        Operator.Dispose();
        await _database!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Task UntilAllKnow(TestMember member) =>
        Until(
            () =>
                _silos.TrueForAll(silo =>
                    silo.Services.GetRequiredService<MemberDirectory>().Find(member.Thumbprint) is not null
                ),
            "every silo knows the key"
        );

    private static string? ReadinessOf(WebApplication silo) =>
        ActivatorUtilities.CreateInstance<ReadinessCheck>(silo.Services).Reason;

    private async Task<WebApplication> Start(int number)
    {
        var folder = Path.Combine(_folder, $"silo-{number}");
        string[] args =
        [
            "--Exchange:DataDirectory",
            folder,
            "--Exchange:AccessLog:Log",
            $"silo-{number}",
            "--Exchange:Keys:Folder",
            Path.Combine(SharedFolder, "keys"),
            "--Exchange:Keys:IsShared",
            "true",
            "--Exchange:Keys:Rotation:SilosFollowWithin",
            "00:00:00.500",
            "--Exchange:Listen",
            "http://127.0.0.1:0",
            "--Logging:LogLevel:Default",
            "Warning",
            // Three silos in one process, and the machine may have much else to do.
            "--Exchange:AccessLog:AppendTimeout",
            "00:00:10",
            "--Exchange:Signals:FreshnessWait",
            "00:00:10",
            "--Exchange:Cluster:StandingLimit",
            "00:00:05",
            .. number == 0 ? Console : [],
        ];
        var app = await ServeCommand.Build(args, CancellationToken.None, Share);
        await app.StartAsync();
        return app;
    }

    private void Share(WebApplicationBuilder builder)
    {
        builder.AddExchangeCluster();
        builder.Services.AddSingleton<IMembershipTable>(_table);
        builder.Services.AddSingleton<IShardStore>(new SharedShardStore(_database!));
        builder.Services.AddSingleton<IGrainStateStore>(_database!);
    }
}
