using SignalExchange.Client.Errors;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Checks;

/// <summary>What a check puts on the wire, and what it makes of the answer.</summary>
public sealed class CheckTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task A_request_is_about_one_key_and_no_larger_than_the_batch_size()
    {
        var client = Exchange.Join("platform-a", options => options.BatchSize = 4);
        var identifiers = Enumerable
            .Range(0, 10)
            .SelectMany(number => new[] { Samples.Email(number), Samples.Url(number), Samples.Handle(number) })
            .ToList();

        var results = await client.CheckBatchAsync(identifiers, CheckPurpose.Registration, cancellationToken: Ct);

        Assert.Equal(identifiers, results.Select(result => result.Identifier));
        var requests = Exchange.Record.Of<CheckRequest>();
        Assert.Equal(9, requests.Count); // 4, 4 and 2 of each of three types
        Assert.All(requests, request => Assert.InRange(request.Tokens.Length / Token.Size, 2, 4));
        Assert.All(requests, request => Assert.Equal(CheckPurpose.Registration, request.Purpose));
        Assert.Equal(3, requests.Select(request => request.KeyId).Distinct().Count());
    }

    [Fact]
    public async Task Nothing_to_ask_about_is_no_call()
    {
        var client = Exchange.Join("platform-a");

        Assert.Empty(await client.CheckBatchAsync([], CheckPurpose.Test, cancellationToken: Ct));
        Assert.Empty(await client.GetAsync([], CheckPurpose.Test, Ct));
        Assert.Empty(await client.SubmitBatchAsync([], Ct));
        Assert.Empty(await client.WithdrawBatchAsync([], Ct));
        Assert.Empty(await client.MakeTokensAsync([], Ct));
        Assert.Empty(
            await client.CheckTokensAsync(
                Exchange.Keys.Active(IndicatorType.Email).KeyId,
                [],
                CheckPurpose.Test,
                cancellationToken: Ct
            )
        );
        Assert.Empty(Exchange.Record.AttemptsOf("GetKeyManifests"));
    }

    [Fact]
    public async Task A_check_after_a_write_asks_to_see_it()
    {
        var client = Exchange.Join("platform-a");
        var outcome = await client.SubmitAsync(Samples.Submission(Samples.Email(1)), Ct);

        await client.CheckAsync(Samples.Email(1), CheckPurpose.Test, Ct);

        Assert.Contains(outcome.Position, Exchange.Record.Of<CheckRequest>()[^1].AtLeast);
    }

    [Fact]
    public async Task Turned_off_it_asks_for_what_the_caller_states_only()
    {
        var client = Exchange.Join("platform-a", options => options.ReadsOwnWrites = false);
        var stated = (await client.SubmitAsync(Samples.Submission(Samples.Email(1)), Ct)).Position!;

        await client.CheckAsync(Samples.Email(1), CheckPurpose.Test, Ct);
        await client.CheckBatchAsync([Samples.Email(1)], CheckPurpose.Test, [stated], Ct);

        var requests = Exchange.Record.Of<CheckRequest>();
        Assert.Empty(requests[0].AtLeast);
        Assert.Equal([stated], requests[1].AtLeast);
    }

    [Fact]
    public async Task An_answer_that_would_be_too_large_is_asked_for_in_halves()
    {
        var client = Exchange.Join("platform-a");
        await client.SubmitBatchAsync([.. Samples.Emails(8).Select(email => Samples.Submission(email))], Ct);
        Exchange.Script.Fail("Check", () => Failures.Of(ErrorReason.AnswerTooLarge));
        Exchange.Script.Fail("Get", () => Failures.Of(ErrorReason.AnswerTooLarge));

        var checks = await client.CheckBatchAsync([.. Samples.Emails(8)], CheckPurpose.Test, cancellationToken: Ct);
        var reads = await client.GetAsync([.. Samples.Emails(8)], CheckPurpose.Test, Ct);

        Assert.All(checks, result => Assert.True(result.IsKnown));
        Assert.Equal(Samples.Emails(8), checks.Select(result => result.Identifier));
        Assert.All(reads, result => Assert.Single(result.Signals));
        Assert.Equal(
            [8, 4, 4],
            Exchange.Record.Of<CheckRequest>().Select(request => request.Tokens.Length / Token.Size)
        );
        Assert.Equal([8, 4, 4], Exchange.Record.Of<GetRequest>().Select(request => request.Tokens.Length / Token.Size));
    }

    [Fact]
    public async Task One_token_whose_answer_is_too_large_is_a_failure()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Fail("Check", () => Failures.Of(ErrorReason.AnswerTooLarge));

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            client.CheckAsync(Samples.Email(1), CheckPurpose.Test, Ct)
        );

        Assert.Equal(ErrorReason.AnswerTooLarge, failure.Reason);
    }

    [Fact]
    public async Task Reads_are_in_batches_of_what_a_read_may_hold()
    {
        var client = Exchange.Join("platform-a", options => options.BatchSize = Limits.MaxBatch);

        await client.GetAsync([.. Samples.Emails(Limits.MaxGetBatch + 1)], CheckPurpose.Test, Ct);

        Assert.Equal(
            [Limits.MaxGetBatch, 1],
            Exchange.Record.Of<GetRequest>().Select(request => request.Tokens.Length / Token.Size)
        );
    }
}
