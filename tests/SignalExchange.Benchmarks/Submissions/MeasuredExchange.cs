using System.Collections.Frozen;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Voprf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Indicators;
using SignalExchange.Grains.Shards;
using SignalExchange.Storage;
using SignalExchange.Storage.Azure;
using SignalExchange.Storage.Postgres;
using SignalExchange.Storage.Sqlite;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>A whole exchange in this process, with one member, to submit to.</summary>
internal sealed class MeasuredExchange : IAsyncDisposable
{
    // What the vault makes of an element: as large, and as random.
    private static readonly byte[] SealedElement = RandomNumberGenerator.GetBytes(76);

    private readonly ExchangeServer _server;
    private readonly GrpcChannel _channel;
    private readonly SignalService.SignalServiceClient _signals;
    private readonly IShardGrain[] _shards;
    private readonly IShardStore _store;
    private readonly string _keyId;
    private readonly Caller _caller = new(BenchMember.Id, FrozenSet<string>.Empty);
    private readonly SignalStatement _statement = Statements.Valid(TimeProvider.System.GetUtcNow());

    private MeasuredExchange(ExchangeServer server, GrpcChannel channel)
    {
        (_server, _channel, _keyId) = (server, channel, server.KeyId);
        _signals = new(channel);
        _store = server.App.Services.GetRequiredService<IShardStore>();
        // Made once, as the exchange does (NewIndicators).
        var grains = server.App.Services.GetRequiredService<IGrainFactory>();
        _shards = [.. _store.Shards.All.Select(shard => grains.GetGrain<IShardGrain>(shard.Number))];
    }

    /// <summary>Gets its parts.</summary>
    public IServiceProvider Services => _server.App.Services;

    /// <summary>Gets the transactions of its storage so far.</summary>
    public long Transactions =>
        _store switch
        {
            SqliteExchangeStore sqlite => sqlite.Transactions,
            PostgresExchangeStore postgres => postgres.Transactions,
            AzureExchangeStore azure => azure.Transactions,
            _ => throw new NotSupportedException("An engine whose transactions nobody counts."),
        };

    /// <summary>Starts one in an empty folder, as an operator does.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="settings">Further settings, an engine for instance; null for none.</param>
    /// <param name="replace">Replaces parts; null for none.</param>
    public static async Task<MeasuredExchange> Start(
        string folder,
        IReadOnlyCollection<string>? settings = null,
        Action<WebApplicationBuilder>? replace = null
    )
    {
        var keyFile = folder + ".key.pem";
        BenchMember.MakeKey(keyFile);
        var server = await ExchangeServer.Start(folder, keyFile, settings ?? [], replace);
        return new(server, BenchMember.Open(server.Address, keyFile));
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
        var shard = _shards[_store.Shards.ShardOf(token).Number];
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
        await _server.DisposeAsync();
    }

    private static void Accept(SubmitResult result)
    {
        if (result.Accepted is null)
        {
            throw new InvalidOperationException($"Refused: {result.Error.Reason}.");
        }
    }
}
