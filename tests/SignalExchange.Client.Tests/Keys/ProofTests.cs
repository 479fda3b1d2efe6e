using Google.Protobuf;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.Keys;

/// <summary>An evaluation that does not fit the key makes no token, and no request.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    public static TheoryData<string, Func<EvaluateResponse, EvaluateResponse>> Lies =>
        new()
        {
            { "a bit of the proof", answer => With(answer, answer.EvaluatedElements, Flip(answer.Proof)) },
            { "the elements' order", answer => With(answer, Swap(answer.EvaluatedElements), answer.Proof) },
            { "one element too few", answer => With(answer, Drop(answer.EvaluatedElements), answer.Proof) },
            { "no answer at all", _ => new EvaluateResponse() },
        };

    [Theory]
    [MemberData(nameof(Lies), DisableDiscoveryEnumeration = true)]
    public async Task A_key_service_that_lies_is_noticed(string lie, Func<EvaluateResponse, EvaluateResponse> answer)
    {
        var log = new CollectingLoggers();
        var client = Exchange.Join("platform-a", options => options.Loggers = log);
        Exchange.Keys.Answer = answer;

        await Assert.ThrowsAsync<ProofInvalidException>(() =>
            client.CheckBatchAsync([.. Samples.Emails(2)], CheckPurpose.Test, cancellationToken: Ct)
        );

        Assert.Empty(Exchange.Record.Of<CheckRequest>());
        Assert.Contains(
            log.Messages,
            message => message.StartsWith("Critical: An evaluation", StringComparison.Ordinal)
        );
        Assert.NotEmpty(lie);
    }

    [Fact]
    public async Task An_evaluation_under_another_key_is_noticed()
    {
        var client = Exchange.Join("platform-a");
        await client.MakeTokensAsync([Samples.Url(1)], Ct);
        var other = Exchange.Keys.Active(IndicatorType.Url).KeyId;
        Exchange.Keys.Pretend = _ => other;

        await Assert.ThrowsAsync<ProofInvalidException>(() => client.MakeTokensAsync([Samples.Email(1)], Ct));
    }

    [Fact]
    public async Task Nothing_of_a_lie_is_kept()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Keys.Answer = answer => With(answer, answer.EvaluatedElements, Flip(answer.Proof));
        await Assert.ThrowsAsync<ProofInvalidException>(() => client.MakeTokensAsync([Samples.Email(1)], Ct));

        Exchange.Keys.Answer = answer => answer;
        await client.MakeTokensAsync([Samples.Email(1)], Ct);

        Assert.Equal(2, Exchange.Record.Of<EvaluateRequest>().Count);
    }

    private static EvaluateResponse With(EvaluateResponse answer, ByteString elements, ByteString proof)
    {
        answer.EvaluatedElements = elements;
        answer.Proof = proof;
        return answer;
    }

    private static ByteString Flip(ByteString proof)
    {
        var bytes = proof.ToByteArray();
        bytes[5] ^= 1;
        return ByteString.CopyFrom(bytes);
    }

    private static ByteString Swap(ByteString elements) =>
        ByteString.CopyFrom([.. elements.Span[32..], .. elements.Span[..32]]);

    private static ByteString Drop(ByteString elements) => ByteString.CopyFrom(elements.Span[32..]);
}
