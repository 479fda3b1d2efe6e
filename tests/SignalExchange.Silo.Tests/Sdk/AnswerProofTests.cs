using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Client;
using SignalExchange.Client.Receipts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.Silo.Tests.Members;
using SignalExchange.Tokens;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.Silo.Tests.Sdk;

/// <summary>What the SDK keeps of an answer proves it to anybody; nothing else than that answer.</summary>
[Collection(SharedMembersExchange.Name)]
public sealed class AnswerProofTests(ExchangeFixture exchange) : IReceiptSink
{
    private readonly ConcurrentQueue<AnswerReceipt> _receipts = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    void IReceiptSink.Record(AnswerReceipt receipt) => _receipts.Enqueue(receipt);

    [Fact]
    public async Task A_check_is_proven_by_its_receipt_and_by_no_other()
    {
        using var client = await Join("proves-checks");
        await client.CheckAsync(Phone("+1 202 555 0143"), CheckPurpose.Registration, cancellationToken: Ct);
        await client.CheckAsync(Phone("+1 202 555 0144"), CheckPurpose.Payment, cancellationToken: Ct);
        var checks = _receipts.Where(it => it.Method.EndsWith("/Check", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, checks.Count);

        var policy = await Published(checks[1]);
        var proof = AnswerProof.Parse((await client.Audit.ProveAsync(checks[0], Ct)).ToJson());

        Assert.Equal(AnswerProblem.None, proof.Verify(policy));
        Assert.Equal(CheckPurpose.Registration, proof.ReadDetail()!.Purpose);
        Assert.Equal(AnswerProblem.OtherEntry, (proof with { Receipt = checks[1] }).Verify(policy));
        Assert.Equal(AnswerProblem.DetailAltered, (proof with { Detail = Altered(proof.Detail) }).Verify(policy));
        Assert.Equal(
            AnswerProblem.NotInLog,
            (proof with { Proof = proof.Proof with { Entry = Altered(proof.Proof.Entry) } }).Verify(policy)
        );
        var other = proof.Receipt with { AnswerDigest = Altered(proof.Receipt.AnswerDigest) };
        Assert.Equal(AnswerProblem.OtherAnswer, (proof with { Receipt = other }).Verify(policy));
        other = proof.Receipt with { AskedDigest = Altered(proof.Receipt.AskedDigest) };
        Assert.Equal(AnswerProblem.OtherQuestion, (proof with { Receipt = other }).Verify(policy));
        using var stranger = NoteSigner.Generate(proof.Receipt.Origin, SignatureKind.Ed25519);
        Assert.Equal(AnswerProblem.CheckpointNotTrusted, proof.Verify(new([stranger.VerifierKey], [], 0)));
    }

    [Fact]
    public async Task Each_batch_of_a_stream_is_proven_too()
    {
        using var client = await Join("proves-streams");
        var phones = Enumerable.Range(0, 7).Select(it => Phone($"+1 202 555 01{it:00}")).ToAsyncEnumerable();
        await foreach (var result in client.CheckManyAsync(phones, CheckPurpose.Registration, Ct))
        {
            Assert.False(result.IsKnown);
        }

        var batches = _receipts.Where(it => it.Method.EndsWith("/CheckStream", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(batches);
        var policy = await Published(batches[^1]);
        foreach (var receipt in batches)
        {
            var proof = await client.Audit.ProveAsync(receipt, Ct);
            Assert.Equal(AnswerProblem.None, proof.Verify(policy));
        }
    }

    private static Identifier Phone(string text) => Identifier.Phone(text).GetOrThrow();

    private static byte[] Altered(ReadOnlyMemory<byte> bytes)
    {
        var altered = bytes.ToArray();
        altered[^1] ^= 1;
        return altered;
    }

    private async Task<CheckpointPolicy> Published(AnswerReceipt receipt)
    {
        var prover = exchange.Services.GetRequiredService<IAccessLogProver>();
        await ExchangeFixture.Until(() => prover.PublishedSize > receipt.Index, "the entry is published");
        return new([VerifierKey.Parse(prover.VerifierKey)], [], 0);
    }

    private Task<SignalExchangeClient> Join(string member) =>
        exchange.Join(member, change: options => (options.Receipts, options.BatchSize) = (this, 3));
}
