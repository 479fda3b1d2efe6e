using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Keys;

/// <summary>When the exchange retires a key, its members' clients go on by themselves.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task Manifests_are_fetched_once_however_many_calls_need_them()
    {
        var client = Exchange.Join("platform-a");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Check(client, number)));

        Assert.Single(Exchange.Record.AttemptsOf("GetKeyManifests"));
    }

    [Fact]
    public async Task A_check_under_a_retired_key_is_made_again_under_the_next()
    {
        var client = Exchange.Join("platform-a");
        await Check(client);
        var next = Exchange.Keys.Install(IndicatorType.Email, epoch: 2);

        await Check(client);

        Assert.Equal(next.KeyId.ToString(), Exchange.Record.Of<CheckRequest>()[^1].KeyId);
        Assert.Equal(2, Exchange.Record.AttemptsOf("GetKeyManifests").Count);
    }

    [Fact]
    public async Task A_submission_keeps_its_id_through_a_rotation()
    {
        var client = Exchange.Join("platform-a");
        await client.MakeTokensAsync([Samples.Email(1)], Ct);
        Exchange.Keys.Install(IndicatorType.Email, epoch: 2);
        var submission = Samples.Submission(Samples.Email(1));

        var outcome = await client.SubmitAsync(submission, Ct);

        Assert.True(outcome.IsAccepted);
        Assert.Equal(
            [submission.Id.ToByteString(), submission.Id.ToByteString()],
            Exchange.Record.Of<SubmitRequest>().Select(request => request.Submissions.Single().SubmissionId)
        );
        Assert.Equal(2, Exchange.Record.Of<SubmitRequest>().Select(request => request.KeyId).Distinct().Count());
    }

    [Fact]
    public async Task Many_calls_that_meet_the_same_rotation_fetch_the_manifests_once_more()
    {
        var client = Exchange.Join("platform-a");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Check(client, number)));
        Exchange.Keys.Install(IndicatorType.Email, epoch: 2);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Check(client, number)));

        Assert.Equal(2, Exchange.Record.AttemptsOf("GetKeyManifests").Count);
    }

    [Fact]
    public async Task A_key_that_is_refused_without_a_successor_ends_the_call()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Fail("Check", () => Failures.Of(ErrorReason.KeyUnknown), times: 2);

        var refused = await Assert.ThrowsAsync<SignalExchangeException>(() => Check(client));

        Assert.Equal(ErrorReason.KeyUnknown, refused.Reason);
        Assert.Single(Exchange.Record.Of<CheckRequest>());
    }

    [Fact]
    public async Task Tokens_are_made_again_once_and_not_for_ever()
    {
        var client = Exchange.Join("platform-a");
        await Check(client);
        Exchange.Script.Next("Check", RetireAsync);
        Exchange.Script.Next("Check", RetireAsync);

        var refused = await Assert.ThrowsAsync<SignalExchangeException>(() => Check(client));

        Assert.Equal(ErrorReason.KeyRetired, refused.Reason);
    }

    [Fact]
    public async Task Stored_tokens_of_a_retired_key_are_refused()
    {
        var client = Exchange.Join("platform-a");
        var stored = (await client.MakeTokensAsync([Samples.Email(1)], Ct))[0];
        Exchange.Keys.Install(IndicatorType.Email, epoch: 2);

        var refused = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            client.CheckTokensAsync(stored.KeyId, [stored.Token], CheckPurpose.Test, cancellationToken: Ct)
        );

        Assert.Equal(ErrorReason.KeyRetired, refused.Reason);
    }

    private uint _epoch = 1;

    private Task RetireAsync(Grpc.Core.ServerCallContext context)
    {
        Exchange.Keys.Install(IndicatorType.Email, ++_epoch);
        return Task.FromException(Failures.Of(ErrorReason.KeyRetired));
    }

    private static Task<CheckResult> Check(SignalExchangeClient client, int number = 1) =>
        client.CheckAsync(Samples.Email(number), CheckPurpose.Test, Ct);
}
