using System.Diagnostics;
using Grpc.Core;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Transport;

/// <summary>What the client tries again by itself, and what goes out then.</summary>
public sealed class RetryTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Theory]
    [InlineData(ErrorReason.NotReady)]
    [InlineData(ErrorReason.CredentialsBeforeStart)]
    [InlineData(ErrorReason.WriteConflict)]
    public async Task A_retry_keeps_the_submission_id_and_signs_anew(ErrorReason reason)
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Fail("Submit", () => Failures.Of(reason), times: 2);
        var submission = Samples.Submission(Samples.Email(1));

        var outcome = await client.SubmitAsync(submission, Ct);

        Assert.True(outcome is { IsAccepted: true, IsAlreadyKnown: false, Revision: 1 });
        var requests = Exchange.Record.Of<SubmitRequest>();
        Assert.Equal(3, requests.Count);
        Assert.All(
            requests,
            request => Assert.Equal(submission.Id.ToByteString(), request.Submissions.Single().SubmissionId)
        );
        var attempts = Exchange.Record.AttemptsOf("Submit");
        Assert.Equal(3, attempts.Select(token => token.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_message_of_the_largest_size_can_be_sent_again()
    {
        var client = Exchange.Join("platform-a", options => options.BatchSize = Limits.MaxBatch);
        Exchange.Script.Fail("Submit", () => Failures.Of(ErrorReason.NotReady));
        // One identifier, so that tokens cost nothing; references and groups make the statements large.
        var submissions = Enumerable
            .Range(0, 10_000)
            .Select(_ => Samples.Submission(Samples.Email(1), Enlarge))
            .ToList();

        var outcomes = await client.SubmitBatchAsync(submissions, Ct);

        Assert.Equal(10_000, outcomes.Count);
        var sizes = Exchange.Record.Of<SubmitRequest>().Select(request => request.CalculateSize()).ToList();
        Assert.True(sizes.Count >= 3, "One of the requests was sent twice, and one message does not hold them all.");
        Assert.Equal(sizes[0], sizes[1]);
        Assert.InRange(sizes.Max(), Limits.MaxMessageBytes - 64 * 1024, Limits.MaxMessageBytes);
    }

    [Fact]
    public async Task Retries_end_at_their_number()
    {
        var client = Exchange.Join("platform-a", options => options.MaxRetries = 2);
        Exchange.Script.Fail("Check", () => Failures.Of(ErrorReason.StorageUnavailable), times: 10);

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() => Check(client));

        Assert.Equal(ErrorReason.StorageUnavailable, failure.Reason);
        Assert.Equal(3, Exchange.Record.AttemptsOf("Check").Count);
    }

    [Theory]
    [InlineData(ErrorReason.NotReady)]
    [InlineData(ErrorReason.CredentialsBeforeStart)]
    public async Task Silos_that_are_not_ready_for_the_token_are_asked_until_the_deadline(ErrorReason reason)
    {
        var client = Exchange.Join("platform-a", options => options.MaxRetries = 1);
        Exchange.Script.Fail("Check", () => Failures.Of(reason), times: 7);

        await Check(client);

        Assert.Equal(8, Exchange.Record.AttemptsOf("Check").Select(token => token.Id).Distinct().Count());
    }

    [Theory]
    [InlineData(ErrorReason.NotReady)]
    [InlineData(ErrorReason.CredentialsBeforeStart)]
    public async Task Whoever_wants_no_retries_gets_none_of_silos_that_are_not_ready_for_the_token(ErrorReason reason)
    {
        var client = Exchange.Join("platform-a", options => options.MaxRetries = 0);
        Exchange.Script.Fail("Check", () => Failures.Of(reason));

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() => Check(client));

        Assert.Equal(reason, failure.Reason);
        Assert.Single(Exchange.Record.AttemptsOf("Check"));
    }

    [Fact]
    public async Task What_is_refused_for_good_is_not_tried_again()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Fail("Check", () => Failures.Of(ErrorReason.MemberSuspended));

        await Assert.ThrowsAsync<SignalExchangeException>(() => Check(client));

        Assert.Single(Exchange.Record.AttemptsOf("Check"));
    }

    [Fact]
    public async Task The_exchange_can_ask_not_to_be_tried_again()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Fail(
            "Check",
            () =>
                new RpcException(
                    new Status(StatusCode.Unavailable, ""),
                    new Metadata { { "grpc-retry-pushback-ms", "-1" } }
                )
        );

        await Assert.ThrowsAsync<SignalExchangeException>(() => Check(client));

        Assert.Single(Exchange.Record.AttemptsOf("Check"));
    }

    [Fact]
    public async Task A_busy_exchange_is_asked_again_after_the_delay_that_it_states()
    {
        var client = Exchange.Join("platform-a");
        var delay = TimeSpan.FromMilliseconds(300);
        Exchange.Script.Fail("Evaluate", () => Busy(delay));

        var started = Stopwatch.GetTimestamp();
        await Check(client);

        Assert.True(Stopwatch.GetElapsedTime(started) >= delay, "It did not wait.");
        var attempts = Exchange.Record.AttemptsOf("Evaluate");
        Assert.Equal(2, attempts.Select(token => token.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_delay_beyond_the_deadline_is_not_waited_for()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Fail("Evaluate", () => Busy(TimeSpan.FromHours(1)));

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() => Check(client));

        Assert.Equal(ErrorReason.EvaluateQueueFull, failure.Reason);
        Assert.Single(Exchange.Record.AttemptsOf("Evaluate"));
    }

    [Fact]
    public async Task A_limit_that_waiting_does_not_lift_is_not_waited_for()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Fail(
            "Check",
            () => Failures.Of(new Refusal(ErrorReason.TooManyKeys), retryDelay: TimeSpan.FromMilliseconds(1))
        );

        await Assert.ThrowsAsync<SignalExchangeException>(() => Check(client));

        Assert.Single(Exchange.Record.AttemptsOf("Check"));
    }

    private static Task<CheckResult> Check(SignalExchangeClient client) =>
        client.CheckAsync(Samples.Email(1), CheckPurpose.Test, Ct);

    private static RpcException Busy(TimeSpan delay) =>
        Failures.Of(new Refusal(ErrorReason.EvaluateQueueFull, "", 64), retryDelay: delay);

    private static void Enlarge(SignalStatement statement)
    {
        for (var number = 0; number < 16; number++)
        {
            statement.DerivedFrom.Add(SignalId.NewId().ToByteString());
            statement.Audience.GroupIds.Add($"a-group-of-members-{number}");
        }
    }
}
