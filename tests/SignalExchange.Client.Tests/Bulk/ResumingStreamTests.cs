using Grpc.Core;
using SignalExchange.Client.Bulk;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests.Bulk;

/// <summary>Streams break; what is submitted and asked in bulk does not.</summary>
public sealed class ResumingStreamTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task A_stream_that_breaks_in_the_middle_loses_nothing_and_doubles_nothing()
    {
        var log = new CollectingLoggers();
        var client = Join(options => options.Loggers = log);
        // Batch 3 is durable, but its answer is lost; batch 6 is lost altogether.
        BreakOnce(3, context => context.GetHttpContext().Abort());
        var identifiers = Samples.Emails(40).ToList();

        var outcomes = await client
            .SubmitManyAsync(identifiers.Select(email => Samples.Submission(email)).ToAsyncEnumerable(), Ct)
            .ToListAsync(Ct);

        Assert.Equal(40, outcomes.Count(outcome => outcome is { IsAccepted: true, Revision: 1 }));
        Assert.Equal(40, outcomes.Select(outcome => outcome.Signal).Distinct().Count());
        var read = await client.GetAsync(identifiers, CheckPurpose.Test, Ct);
        Assert.Equal(
            outcomes.Select(outcome => outcome.Signal.ToByteString()),
            read.Select(own => own.Signals.Single().SignalId)
        );
        Assert.Contains(
            log.Messages,
            message => message.StartsWith("Information: The submit stream broke", StringComparison.Ordinal)
        );
        Assert.True(Exchange.Record.AttemptsOf("SubmitStream").Select(token => token.Id).Distinct().Count() >= 2);
    }

    [Fact]
    public async Task A_batch_that_is_sent_again_is_the_same()
    {
        var client = Join();
        BreakOnce(1, context => context.GetHttpContext().Abort());

        await client
            .SubmitManyAsync(Samples.Emails(5).Select(email => Samples.Submission(email)).ToAsyncEnumerable(), Ct)
            .ToListAsync(Ct);

        var requests = Exchange.Record.Of<SubmitStreamRequest>();
        Assert.Equal(2, requests.Count);
        Assert.Equal(requests[0], requests[1]);
    }

    [Fact]
    public async Task Checks_go_on_in_their_order_over_any_number_of_breaks()
    {
        var client = Join(options => options.Patience = TimeSpan.FromMinutes(5));
        var even = Samples.Emails(60).Where((_, place) => place % 2 == 0).ToList();
        await client.SubmitBatchAsync([.. even.Select(email => Samples.Submission(email))], Ct);
        var answered = 0;
        Exchange.Script.BeforeAnswer = (_, context) =>
        {
            // Every third answer breaks the connection; those before it come through unless they are still on their way out.
            if (Interlocked.Increment(ref answered) % 3 == 0)
            {
                context.GetHttpContext().Abort();
            }

            return Task.CompletedTask;
        };

        var results = await client
            .CheckManyAsync(Samples.Emails(60).ToAsyncEnumerable(), CheckPurpose.PeriodicRescan, Ct)
            .ToListAsync(Ct);

        Assert.Equal(Samples.Emails(60), results.Select(result => result.Identifier));
        Assert.Equal(Enumerable.Range(0, 60).Select(place => place % 2 == 0), results.Select(result => result.IsKnown));
        Assert.True(Exchange.Record.AttemptsOf("CheckStream").Count > 3);
    }

    [Fact]
    public async Task An_exchange_that_is_killed_and_started_again_is_waited_for()
    {
        var client = Join();
        var restarted = Task.CompletedTask;
        var count = 0;
        await foreach (
            var outcome in client.SubmitManyAsync(
                Samples.Emails(100).Select(email => Samples.Submission(email)).ToAsyncEnumerable(),
                Ct
            )
        )
        {
            Assert.True(outcome is { IsAccepted: true, Revision: 1 });
            if (++count == 20)
            {
                await Exchange.StopAsync();
                restarted = Exchange.RestartAsync();
            }
        }

        await restarted;
        Assert.Equal(100, count);
    }

    [Fact]
    public async Task An_exchange_that_ends_the_stream_politely_is_called_again()
    {
        var client = Join();
        BreakOnce(2, _ => throw Failures.Of(ErrorReason.NotReady));

        var results = await client
            .CheckManyAsync(Samples.Emails(20).ToAsyncEnumerable(), CheckPurpose.Test, Ct)
            .ToListAsync(Ct);

        Assert.Equal(20, results.Count);
    }

    [Fact]
    public async Task A_refusal_ends_the_work_after_the_answers_before_it()
    {
        var client = Join();
        BreakOnce(3, _ => throw Failures.Of(ErrorReason.MemberSuspended));
        var results = new List<Identifier>();

        var refused = await Assert.ThrowsAsync<SignalExchangeException>(async () =>
        {
            await foreach (
                var result in client.CheckManyAsync(Samples.Emails(50).ToAsyncEnumerable(), CheckPurpose.Test, Ct)
            )
            {
                results.Add(result.Identifier);
            }
        });

        Assert.Equal(ErrorReason.MemberSuspended, refused.Reason);
        Assert.Equal(0, results.Count % 5);
        Assert.Equal(Samples.Emails(results.Count), results);
        Assert.InRange(results.Count, 0, 45);
    }

    [Fact]
    public async Task A_caller_who_may_not_is_told_at_once()
    {
        var client = Join(options => options.Patience = TimeSpan.FromMinutes(10));
        Exchange.Suspended["platform-a"] = true;

        var refused = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            client
                .CheckManyAsync(Samples.Emails(50).ToAsyncEnumerable(), CheckPurpose.Test, Ct)
                .ToListAsync(Ct)
                .AsTask()
        );

        Assert.Equal(ErrorReason.MemberSuspended, refused.Reason);
    }

    [Fact]
    public async Task Patience_ends_with_what_was_wrong()
    {
        var client = Join(options => options.Patience = TimeSpan.FromSeconds(1));
        await client.MakeTokensAsync([.. Samples.Emails(5)], Ct);
        Exchange.Script.Fail("CheckStream", () => Failures.Of(ErrorReason.NotReady), times: 100);

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            client.CheckManyAsync(Samples.Emails(5).ToAsyncEnumerable(), CheckPurpose.Test, Ct).ToListAsync(Ct).AsTask()
        );

        Assert.Equal((StatusCode.DeadlineExceeded, ErrorReason.NotReady), (failure.StatusCode, failure.Reason));
    }

    [Fact]
    public async Task An_exchange_that_says_nothing_is_not_waited_for_for_ever()
    {
        var client = Join(options => options.Patience = TimeSpan.FromSeconds(1));
        await client.MakeTokensAsync([.. Samples.Emails(5)], Ct);
        Exchange.Script.BeforeAnswer = (_, context) => Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            client.CheckManyAsync(Samples.Emails(5).ToAsyncEnumerable(), CheckPurpose.Test, Ct).ToListAsync(Ct).AsTask()
        );

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
    }

    [Fact]
    public async Task A_key_that_is_retired_in_the_middle_is_replaced()
    {
        var client = Join();
        var isRetired = false;
        Exchange.Script.BeforeAnswer = (number, _) =>
        {
            if (number == 2 && !isRetired)
            {
                isRetired = true;
                Exchange.Keys.Install(IndicatorType.Email, epoch: 2);
                throw Failures.Of(ErrorReason.KeyRetired);
            }

            return Task.CompletedTask;
        };
        var submissions = Samples.Emails(30).Select(email => Samples.Submission(email)).ToList();

        var outcomes = await client.SubmitManyAsync(submissions.ToAsyncEnumerable(), Ct).ToListAsync(Ct);

        Assert.Equal(submissions.Select(submission => submission.Id), outcomes.Select(outcome => outcome.Id));
        Assert.All(outcomes, outcome => Assert.True(outcome.IsAccepted));
        Assert.Equal(
            2,
            Exchange.Record.Of<SubmitStreamRequest>().Select(request => request.Batch.KeyId).Distinct().Count()
        );
    }

    [Fact]
    public async Task An_answer_to_another_batch_is_not_taken_for_this_one()
    {
        var method = StreamMethods.Check(new SignalService.SignalServiceClient(new LyingInvoker()), receipts: null);
        await using var stream = new ResumingStream<
            CheckRequest,
            CheckResponse,
            CheckStreamRequest,
            CheckStreamResponse
        >(method, TimeSpan.FromSeconds(10), new CollectingLoggers());

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() => stream.SendAsync(new CheckRequest(), Ct));

        Assert.Equal("DataLoss: The exchange answered batch 2 of a stream when 1 was next.", failure.Message);
    }

    private SignalExchangeClient Join(Action<Client.Options.SignalExchangeClientOptions>? change = null) =>
        Exchange.Join(
            "platform-a",
            options =>
            {
                options.BatchSize = 5;
                change?.Invoke(options);
            }
        );

    /// <summary>Does something before one batch is answered, the first time that it comes.</summary>
    private void BreakOnce(ulong number, Action<ServerCallContext> act)
    {
        var isDone = false;
        Exchange.Script.BeforeAnswer = (arrived, context) =>
        {
            if (arrived == number && !isDone)
            {
                isDone = true;
                act(context);
            }

            return Task.CompletedTask;
        };
    }
}
