using System.Collections.Concurrent;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SignalExchange.Benchmarks.Ads.Serving;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Voprf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Benchmarks.Soak;

/// <summary>The calls of a mixed load, by kind. What was submitted is withdrawn later, oldest first. Safe from any thread.</summary>
internal sealed class MixedCalls(MixedLoadSettings settings, AdMember member) : IDisposable
{
    private const int TokensInBatch = 100;
    private const int SignalsInCall = 10;
    private const int CallsInStream = 4;

    /// <summary>The elements of a call for evaluations.</summary>
    public const int Evaluations = 32;

    private readonly GrpcChannel _channel = BenchMember.Open(settings.Server, settings.KeyFile);
    private readonly TokenPool _one = new(TokenChoice.Unknown, 1);
    private readonly TokenPool _many = new(
        settings.Known > 0 ? TokenChoice.OneInHundredKnown : TokenChoice.Unknown,
        TokensInBatch
    );
    private readonly ConcurrentQueue<Token[]> _submitted = new();
    private readonly MixedAds _ads = new(member);
    private readonly ByteString _blinded = UnsafeByteOperations.UnsafeWrap(VoprfBenchmark.DrawElements(Evaluations));
    private readonly KeyId _keyId = KeyId.TryParse(settings.KeyId, out var keyId)
        ? keyId
        : throw new FormatException("A key id was expected.");

    /// <summary>Makes a call.</summary>
    /// <returns>Whether it was answered as it should be.</returns>
    public Task<bool> Make(MixedKind kind) =>
        kind switch
        {
            MixedKind.CheckOne => Check(_one),
            MixedKind.CheckBatch => Check(_many),
            MixedKind.Get => Get(),
            MixedKind.Submit => Submit(),
            MixedKind.Withdraw => Withdraw(),
            MixedKind.Evaluate => Evaluate(),
            MixedKind.CheckStream => CheckStream(),
            MixedKind.SubmitStream => SubmitStream(),
            MixedKind.MatchAd => _ads.Match(),
            MixedKind.RegisterAd => _ads.Register(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such call."),
        };

    /// <inheritdoc/>
    public void Dispose() => _channel.Dispose();

    private SignalService.SignalServiceClient Signals => new(_channel);

    private async Task<bool> Check(TokenPool pool) =>
        (await Signals.CheckAsync(CheckOf(pool))).Hits.Count == pool.HitsExpected;

    private async Task<bool> CheckStream()
    {
        using var stream = Signals.CheckStream();
        for (var number = 0; number < CallsInStream; number++)
        {
            await stream.RequestStream.WriteAsync(new() { BatchNumber = (ulong)number, Batch = CheckOf(_many) });
        }

        await stream.RequestStream.CompleteAsync();
        return await AreRight(stream.ResponseStream, answer => answer.Batch.Hits.Count == _many.HitsExpected);
    }

    private CheckRequest CheckOf(TokenPool pool) =>
        new()
        {
            KeyId = settings.KeyId,
            Purpose = CheckPurpose.Registration,
            Tokens = pool.Next(),
        };

    private async Task<bool> Get()
    {
        var token = KnownTokens.At(RandomNumberGenerator.GetInt32(settings.Known));
        var request = new GetRequest
        {
            KeyId = settings.KeyId,
            Purpose = CheckPurpose.Registration,
            Tokens = UnsafeByteOperations.UnsafeWrap(token.ToArray()),
        };
        return (await Signals.GetAsync(request)).Results.Count == 1;
    }

    private async Task<bool> Submit()
    {
        var (request, tokens) = NewSignals();
        return Accept(await Signals.SubmitAsync(request), tokens);
    }

    private async Task<bool> SubmitStream()
    {
        using var stream = Signals.SubmitStream();
        var sent = new List<Token[]>();
        for (var number = 0; number < CallsInStream; number++)
        {
            var (request, tokens) = NewSignals();
            sent.Add(tokens);
            await stream.RequestStream.WriteAsync(new() { BatchNumber = (ulong)number, Batch = request });
        }

        await stream.RequestStream.CompleteAsync();
        return await AreRight(stream.ResponseStream, it => Accept(it.Batch, sent[(int)it.BatchNumber]));
    }

    private static async Task<bool> AreRight<T>(IAsyncStreamReader<T> answers, Func<T, bool> isRight)
    {
        var right = 0;
        await foreach (var answer in answers.ReadAllAsync())
        {
            right += isRight(answer) ? 1 : 0;
        }

        return right == CallsInStream;
    }

    private bool Accept(SubmitResponse answer, Token[] tokens)
    {
        _submitted.Enqueue(tokens);
        return answer.Results.All(result => result.Accepted is not null);
    }

    private (SubmitRequest Request, Token[] Tokens) NewSignals()
    {
        var elements = VoprfBenchmark.DrawElements(SignalsInCall);
        var statement = Statements.Valid(TimeProvider.System.GetUtcNow());
        var request = new SubmitRequest { KeyId = settings.KeyId };
        var tokens = new Token[SignalsInCall];
        for (var i = 0; i < SignalsInCall; i++)
        {
            tokens[i] = TokenDerivation.FromElement(_keyId, Ristretto.At(elements, i));
            request.Submissions.Add(
                new Submission
                {
                    SubmissionId = NewId(),
                    Element = ByteString.CopyFrom(Ristretto.At(elements, i)),
                    Statement = statement,
                }
            );
        }

        return (request, tokens);
    }

    private async Task<bool> Withdraw()
    {
        if (!_submitted.TryDequeue(out var tokens))
        {
            return await Check(_one);
        }

        var request = new WithdrawRequest { KeyId = settings.KeyId };
        request.Withdrawals.Add(
            tokens.Select(token => new Withdrawal
            {
                SubmissionId = NewId(),
                Token = UnsafeByteOperations.UnsafeWrap(token.ToArray()),
                Reason = RetractionReason.FalsePositive,
            })
        );
        var answer = await Signals.WithdrawAsync(request);
        return answer.Results.All(result => result.Accepted is not null);
    }

    private async Task<bool> Evaluate()
    {
        var request = new EvaluateRequest { KeyId = settings.KeyId, BlindedElements = _blinded };
        var answer = await new Contracts.V1.KeyService.KeyServiceClient(_channel).EvaluateAsync(request);
        return answer.EvaluatedElements.Length == _blinded.Length;
    }

    private static ByteString NewId() =>
        UnsafeByteOperations.UnsafeWrap(RandomNumberGenerator.GetBytes(SubmissionId.Size));
}
