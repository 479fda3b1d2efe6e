using SignalExchange.Client.Submissions;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Submissions;

/// <summary>What is sent, what is not, and what is sent again.</summary>
public sealed class SubmitTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task What_the_exchange_would_refuse_is_not_sent_and_costs_no_evaluation()
    {
        var client = Exchange.Join("platform-a");

        var outcomes = await client.SubmitBatchAsync(
            [
                Samples.Submission(Samples.Email(1), statement => statement.Severity = Severity.Unspecified),
                Samples.Submission(Samples.Email(2), statement => statement.Confidence = 101),
                Samples.Submission(Samples.Email(3), statement => statement.Severity = (Severity)77),
            ],
            Ct
        );
        var withdrawal = await client.WithdrawAsync(
            new SignalWithdrawal(Samples.Email(1), RetractionReason.Unspecified),
            Ct
        );

        Assert.Equal(
            [
                (ErrorReason.FieldMissing, "statement.severity"),
                (ErrorReason.OutOfRange, "statement.confidence"),
                (ErrorReason.EnumUnknown, "statement.severity"),
                (ErrorReason.FieldMissing, "reason"),
            ],
            outcomes.Append(withdrawal).Select(outcome => (outcome.Refusal!.Value.Reason, outcome.Refusal.Value.Field))
        );
        Assert.Empty(Exchange.Record.Of<EvaluateRequest>());
        Assert.Empty(Exchange.Record.Of<SubmitRequest>());
        Assert.Empty(Exchange.Record.Of<WithdrawRequest>());
    }

    [Fact]
    public async Task Items_that_a_full_queue_kept_out_are_sent_again_alone()
    {
        var client = Exchange.Join("platform-a");
        var submissions = Samples.Emails(4).Select(email => Samples.Submission(email)).ToList();
        Exchange.Script.RefuseItems(
            ErrorReason.Unspecified,
            ErrorReason.WriteQueueFull,
            ErrorReason.Unspecified,
            ErrorReason.StorageUnavailable
        );

        var outcomes = await client.SubmitBatchAsync(submissions, Ct);

        Assert.All(outcomes, outcome => Assert.True(outcome is { IsAccepted: true, Revision: 1 }));
        Assert.Equal(submissions.Select(submission => submission.Id), outcomes.Select(outcome => outcome.Id));
        var requests = Exchange.Record.Of<SubmitRequest>();
        Assert.Equal([4, 2], requests.Select(request => request.Submissions.Count));
        Assert.Equal(
            [submissions[1].Id.ToByteString(), submissions[3].Id.ToByteString()],
            requests[1].Submissions.Select(submission => submission.SubmissionId)
        );
    }

    [Fact]
    public async Task Withdrawals_are_sent_again_as_well()
    {
        var client = Exchange.Join("platform-a");
        await client.SubmitAsync(Samples.Submission(Samples.Email(1)), Ct);
        Exchange.Script.RefuseItems(ErrorReason.WriteConflict);

        var outcome = await client.WithdrawAsync(
            Samples.Email(1),
            RetractionReason.AppealUpheld,
            cancellationToken: Ct
        );

        Assert.Equal((true, 2u), (outcome.IsAccepted, outcome.Revision));
    }

    [Fact]
    public async Task An_indicator_that_is_named_twice_keeps_the_order_of_its_items()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.RefuseItems(ErrorReason.WriteQueueFull);

        var outcomes = await client.SubmitBatchAsync(
            [
                Samples.Submission(Samples.Email(1), statement => statement.Confidence = 50),
                Samples.Submission(Samples.Email(1), statement => statement.Confidence = 60),
            ],
            Ct
        );

        Assert.Equal([true, false], outcomes.Select(outcome => outcome.IsTransient));
        var read = await client.GetAsync(Samples.Email(1), CheckPurpose.Test, Ct);
        Assert.Equal(60u, Assert.Single(read.Signals).Statement.Confidence);
    }

    [Fact]
    public async Task What_stays_busy_is_a_value_in_the_end()
    {
        var client = Exchange.Join("platform-a", options => options.MaxRetries = 2);
        Exchange.Script.RefuseItems([.. Enumerable.Repeat(ErrorReason.WriteQueueFull, 3)]);

        var outcome = await client.SubmitAsync(Samples.Submission(Samples.Email(1)), Ct);

        Assert.Equal((false, true), (outcome.IsAccepted, outcome.IsTransient));
        Assert.Equal(3, Exchange.Record.Of<SubmitRequest>().Count);
    }

    [Fact]
    public async Task What_is_refused_for_good_is_not_sent_again()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.RefuseItems(ErrorReason.TooManyRevisions);

        var outcome = await client.SubmitAsync(Samples.Submission(Samples.Email(1)), Ct);

        Assert.Equal((false, false), (outcome.IsAccepted, outcome.IsTransient));
        Assert.Single(Exchange.Record.Of<SubmitRequest>());
    }

    [Fact]
    public async Task An_id_that_was_kept_is_sent()
    {
        var client = Exchange.Join("platform-a");
        var id = SubmissionId.NewId();

        var outcome = await client.SubmitAsync(
            Samples.Email(1),
            Samples.Submission(Samples.Email(1)).Statement,
            id,
            Ct
        );

        Assert.Equal(id, outcome.Id);
        Assert.Equal(id.ToByteString(), Exchange.Record.Of<SubmitRequest>().Single().Submissions.Single().SubmissionId);
    }
}
