using System.Security.Cryptography;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Signals;

/// <summary>Bulk streams: order, independence of batches, and what a stream that stops half-way leaves behind.</summary>
[Collection(SharedExchange.Name)]
public sealed class StreamTests(ExchangeFixture exchange)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batches_are_answered_in_order()
    {
        var a = await Reporter.Join(exchange, "in-order");
        using var stream = a.Signals.CheckStream(cancellationToken: Ct);
        for (var number = 1ul; number <= 20; number++)
        {
            var tokens = Enumerable.Range(0, 100).Select(_ => new Token(RandomNumberGenerator.GetBytes(Token.Size)));
            await stream.RequestStream.WriteAsync(
                new() { BatchNumber = number, Batch = await a.CheckRequestOf(tokens) },
                Ct
            );
        }

        await stream.RequestStream.CompleteAsync();
        var answered = new List<ulong>();
        await foreach (var response in stream.ResponseStream.ReadAllAsync(Ct))
        {
            answered.Add(response.BatchNumber);
        }

        Assert.Equal(Enumerable.Range(1, 20).Select(number => (ulong)number), answered);
    }

    [Fact]
    public async Task What_was_answered_before_a_stream_broke_is_durable()
    {
        var a = await Reporter.Join(exchange, "breaks-off");
        var elements = await a.NewElements(4);
        var accepted = new List<SubmitAccepted>();
        using (var stream = a.Signals.SubmitStream(cancellationToken: Ct))
        {
            foreach (var element in elements)
            {
                await stream.RequestStream.WriteAsync(await BatchOf(a, Reporter.SubmissionOf(element)), Ct);
            }

            for (var answers = 0; answers < 2; answers++)
            {
                Assert.True(await stream.ResponseStream.MoveNext(Ct));
                accepted.Add(stream.ResponseStream.Current.Batch.Results[0].Accepted);
            }
        }

        var tokens = await Task.WhenAll(elements.Take(2).Select(a.TokenOf));
        var answer = await a.Check(tokens);
        Assert.Equal(
            accepted.Select(one => one.SignalId),
            answer.Hits.OrderBy(hit => hit.Index).Select(hit => hit.Verdict.Signals[0].SignalId)
        );
    }

    [Fact]
    public async Task A_bad_batch_ends_the_stream_after_the_answers_before_it()
    {
        var a = await Reporter.Join(exchange, "bad-batch");
        using var stream = a.Signals.SubmitStream(cancellationToken: Ct);
        await stream.RequestStream.WriteAsync(await BatchOf(a, Reporter.SubmissionOf((await a.NewElements(1))[0])), Ct);
        await stream.RequestStream.WriteAsync(new() { BatchNumber = 2 }, Ct);

        Assert.True(await stream.ResponseStream.MoveNext(Ct));
        Assert.NotNull(stream.ResponseStream.Current.Batch.Results[0].Accepted);
        Assert.Equal(ErrorReason.FieldMissing, await RpcErrors.ReasonOf(() => stream.ResponseStream.MoveNext(Ct)));
    }

    private static async Task<SubmitStreamRequest> BatchOf(Reporter member, Submission submission) =>
        new()
        {
            BatchNumber = 1,
            Batch = new SubmitRequest { KeyId = (await member.Key()).KeyId, Submissions = { submission } },
        };
}
