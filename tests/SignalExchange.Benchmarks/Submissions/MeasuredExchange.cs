using System.Collections.Frozen;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Benchmarks.Voprf;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Shards;
using SignalExchange.Silo.Health;
using SignalExchange.Silo.Hosting;
using SignalExchange.Storage.Sqlite;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>A whole exchange in this process, with one member, to submit to.</summary>
internal sealed class MeasuredExchange : IAsyncDisposable
{
    private static readonly MemberId Member = new("bench-member");

    // What the vault makes of an element: as large, and as random.
    private static readonly byte[] SealedElement = RandomNumberGenerator.GetBytes(76);

    private readonly WebApplication _app;
    private readonly GrpcChannel _channel;
    private readonly SignalService.SignalServiceClient _signals;
    private readonly IGrainFactory _grains;
    private readonly SqliteExchangeStore _store;
    private readonly string _keyId;
    private readonly Caller _caller = new(Member, FrozenSet<string>.Empty);
    private readonly SignalStatement _statement = Statements.Valid(TimeProvider.System.GetUtcNow());

    private MeasuredExchange(WebApplication app, GrpcChannel channel, string keyId)
    {
        (_app, _channel, _keyId) = (app, channel, keyId);
        _signals = new(channel);
        _store = app.Services.GetRequiredService<SqliteExchangeStore>();
        _grains = app.Services.GetRequiredService<IGrainFactory>();
    }

    /// <summary>Gets the transactions of its storage so far.</summary>
    public long Transactions => _store.Transactions;

    /// <summary>Starts one in an empty folder, as an operator does.</summary>
    public static async Task<MeasuredExchange> Start(string folder, Action<IServiceCollection>? replace = null)
    {
        using var operatorKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var memberKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var publicKeyFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(publicKeyFile, operatorKey.ExportSubjectPublicKeyInfoPem());
        await BootstrapCommand.Run(["--public-key", publicKeyFile, "--Exchange:DataDirectory", folder]);
        File.Delete(publicKeyFile);

        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        string[] settings = ["--Exchange:DataDirectory", folder, "--Exchange:Listen", address.ToString()];
        var app = await ServeCommand.Build(
            [.. settings, "--Logging:LogLevel:Default", "Error"],
            CancellationToken.None,
            replace
        );
        await app.StartAsync();
        var ready = ActivatorUtilities.CreateInstance<ReadinessCheck>(app.Services);
        while (ready.Reason is not null)
        {
            await Task.Delay(20);
        }

        using var administration = Open(address, MemberId.Consortium, operatorKey);
        var added = new AddMemberRequest
        {
            MemberId = Member.Value,
            PublicKey = ByteString.CopyFrom(memberKey.ExportSubjectPublicKeyInfo()),
        };
        await new MemberService.MemberServiceClient(administration).AddMemberAsync(added);
        var channel = Open(address, Member, memberKey);
        var manifests = await new Contracts.V1.KeyService.KeyServiceClient(channel).GetKeyManifestsAsync(new());
        return new(app, channel, manifests.Manifests.First(it => it.Type == IndicatorType.PhoneE164).KeyId);
    }

    /// <summary>Submits one signal on a new indicator, past everything but grains and storage.</summary>
    public async Task SubmitToGrain()
    {
        var token = new Token(RandomNumberGenerator.GetBytes(Token.Size));
        var command = new SubmitCommand(
            _caller,
            RandomNumberGenerator.GetBytes(SubmissionId.Size),
            IndicatorType.PhoneE164,
            _keyId,
            SealedElement,
            _statement
        );
        var shard = _grains.GetGrain<IShardGrain>(_store.Shards.ShardOf(token).Number);
        Accept((await shard.SubmitNew([new NewIndicator(token.ToArray(), command)]))[0]);
    }

    /// <summary>Submits signals on new indicators as a member does, elements made already.</summary>
    public async Task SubmitByCall(int count)
    {
        var elements = VoprfBenchmark.DrawElements(count);
        var request = new SubmitRequest { KeyId = _keyId };
        for (var i = 0; i < count; i++)
        {
            request.Submissions.Add(
                new Submission
                {
                    SubmissionId = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(SubmissionId.Size)),
                    Element = ByteString.CopyFrom(elements, i * Token.Size, Token.Size),
                    Statement = _statement,
                }
            );
        }

        foreach (var result in (await _signals.SubmitAsync(request)).Results)
        {
            Accept(result);
        }
    }

    /// <summary>Checks a token that nobody has submitted.</summary>
    public async Task CheckUnknown()
    {
        var request = new CheckRequest
        {
            KeyId = _keyId,
            Tokens = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(Token.Size)),
            Purpose = CheckPurpose.Registration,
        };
        if ((await _signals.CheckAsync(request)).Hits.Count > 0)
        {
            throw new InvalidOperationException("A random token was known.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static void Accept(SubmitResult result)
    {
        if (result.Accepted is null)
        {
            throw new InvalidOperationException($"Refused: {result.Error.Reason}.");
        }
    }

    private static GrpcChannel Open(Uri address, MemberId member, ECDsa key) =>
        ExchangeChannel.Open(
            new SignalExchangeClientOptions { Endpoint = address, Credential = new MemberCredential(member, key) }
        );
}
