using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Signals;
using SignalExchange.Tokens;
using ContractKeyService = SignalExchange.Contracts.V1.KeyService;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>A member that submits and checks by the generated client, message by message.</summary>
internal sealed class Reporter(CallInvoker invoker)
{
    private readonly ContractKeyService.KeyServiceClient _keys = new(invoker);

    public SignalService.SignalServiceClient Signals { get; } = new(invoker);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<Reporter> Join(ExchangeFixture exchange, string member, params string[] groups) =>
        new(exchange.InvokerFor(await exchange.AddMember(member, groups)));

    public async Task<KeyManifest> Key(IndicatorType type = IndicatorType.PhoneE164)
    {
        var manifests = await _keys.GetKeyManifestsAsync(new(), cancellationToken: Ct);
        return manifests.Manifests.Single(key => key.Type == type);
    }

    /// <summary>Makes valid elements that nobody else has: the key's public point, evaluated again and again from a fresh one.</summary>
    public async Task<IReadOnlyList<ByteString>> NewElements(int count)
    {
        var key = await Key();
        var element = (await Evaluate(key.KeyId, key.PublicKey)).EvaluatedElements;
        var other = await Key(IndicatorType.Email);
        var rounds = Interlocked.Increment(ref _rounds);
        for (var round = 0; round < rounds; round++)
        {
            element = (await Evaluate(other.KeyId, element)).EvaluatedElements;
        }

        var elements = new List<ByteString>();
        for (var place = 0; place < count; place++)
        {
            element = (await Evaluate(key.KeyId, element)).EvaluatedElements;
            elements.Add(element);
        }

        return elements;
    }

    /// <summary>Makes up to 512 elements by few evaluations: each key doubles them, but for the one that tells rounds apart.</summary>
    public async Task<IReadOnlyList<ByteString>> ManyElements(int count)
    {
        var elements = await NewElements(1);
        var manifests = (await _keys.GetKeyManifestsAsync(new(), cancellationToken: Ct)).Manifests;
        var keys = manifests.Where(key => key.Type != IndicatorType.Email).ToList();
        for (var key = 0; elements.Count < count; key++)
        {
            var some = elements.Take(Math.Min(Limits.MaxEvaluateBatch, count - elements.Count));
            var packed = ByteString.CopyFrom([.. some.SelectMany(element => element.ToByteArray())]);
            var made = (await Evaluate(keys[key].KeyId, packed)).EvaluatedElements.ToByteArray();
            elements = [.. elements, .. made.Chunk(Token.Size).Select(bytes => ByteString.CopyFrom(bytes))];
        }

        return elements;
    }

    public async Task<EvaluateResponse> Evaluate(string keyId, ByteString elements) =>
        await _keys.EvaluateAsync(new() { KeyId = keyId, BlindedElements = elements }, cancellationToken: Ct);

    public static Submission SubmissionOf(ByteString element, Action<SignalStatement>? change = null) =>
        new()
        {
            SubmissionId = SubmissionId.NewId().ToByteString(),
            Element = element,
            Statement = Statements.Valid(Now, change ?? (_ => { })),
        };

    public async Task<IReadOnlyList<SubmitResult>> Submit(params Submission[] submissions)
    {
        var request = new SubmitRequest { KeyId = (await Key()).KeyId, Submissions = { submissions } };
        return (await Signals.SubmitAsync(request, cancellationToken: Ct)).Results;
    }

    public async Task<IReadOnlyList<WithdrawResult>> Withdraw(params Token[] tokens)
    {
        var request = new WithdrawRequest { KeyId = (await Key()).KeyId };
        request.Withdrawals.Add(
            tokens.Select(token => new Withdrawal
            {
                SubmissionId = SubmissionId.NewId().ToByteString(),
                Token = ByteString.CopyFrom(token.ToArray()),
                Reason = RetractionReason.FalsePositive,
            })
        );
        return (await Signals.WithdrawAsync(request, cancellationToken: Ct)).Results;
    }

    public async Task<GetResponse> Get(IEnumerable<Token> tokens)
    {
        var request = new GetRequest
        {
            KeyId = (await Key()).KeyId,
            Tokens = Pack(tokens),
            Purpose = CheckPurpose.Test,
        };
        return await Signals.GetAsync(request, cancellationToken: Ct);
    }

    public async Task<CheckResponse> Check(IEnumerable<Token> tokens, params Position[] atLeast) =>
        await Signals.CheckAsync(await CheckRequestOf(tokens, atLeast), cancellationToken: Ct);

    public async Task<CheckRequest> CheckRequestOf(IEnumerable<Token> tokens, params Position[] atLeast) =>
        new()
        {
            KeyId = (await Key()).KeyId,
            Tokens = Pack(tokens),
            Purpose = CheckPurpose.Test,
            AtLeast = { atLeast },
        };

    public async Task<Token> TokenOf(ByteString element)
    {
        _ = KeyId.TryParse((await Key()).KeyId, out var keyId);
        return TokenDerivation.FromElement(keyId, element.Span);
    }

    public static ByteString Pack(IEnumerable<Token> tokens) =>
        ByteString.CopyFrom([.. tokens.SelectMany(token => token.ToArray())]);

    private static int _rounds;
}
