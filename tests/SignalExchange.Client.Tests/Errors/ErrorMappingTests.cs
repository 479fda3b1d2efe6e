using Grpc.Core;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Errors;

/// <summary>Whatever the exchange says no with arrives as it was said.</summary>
public sealed class ErrorMappingTests : IAsyncLifetime
{
    private TestExchange? _exchange;
    private SignalExchangeClient? _client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<ErrorReason> Reasons =>
        [.. Enum.GetValues<ErrorReason>().Where(reason => reason != ErrorReason.Unspecified)];

    public async ValueTask InitializeAsync()
    {
        _exchange = await TestExchange.StartAsync();
        _client = _exchange.Join("platform-a", options => options.MaxRetries = 0);
    }

    public ValueTask DisposeAsync() => _exchange!.DisposeAsync();

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Every_reason_of_a_call_arrives_with_its_field_and_numbers(ErrorReason reason)
    {
        var refusal = new Refusal(reason, "some.field", 10, 11);
        _exchange!.Script.Fail("Check", () => Failures.Of(refusal, "00-trace"), times: 2);

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(Check);

        Assert.Equal(refusal, failure.Refusal);
        Assert.Equal((reason, ErrorCatalog.CodeOf(reason)), (failure.Reason, failure.StatusCode));
        Assert.Equal("00-trace", failure.Trace);
        Assert.Equal(
            $"{failure.StatusCode}: {ErrorCatalog.NameOf(reason)}: {refusal} Trace 00-trace.",
            failure.Message
        );
        Assert.IsType<RpcException>(failure.InnerException);
    }

    [Fact]
    public async Task A_status_without_a_reason_keeps_its_code()
    {
        _exchange!.Script.Fail("Check", () => Failures.Bare(StatusCode.PermissionDenied));

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(Check);

        Assert.Equal((StatusCode.PermissionDenied, ErrorReason.Unspecified), (failure.StatusCode, failure.Reason));
        Assert.Equal("PermissionDenied: bare", failure.Message);
        Assert.Null(failure.Refusal);
    }

    [Fact]
    public async Task Details_that_cannot_be_parsed_are_no_reason_to_lose_the_status()
    {
        _exchange!.Script.Fail(
            "Check",
            () =>
                new RpcException(
                    new Status(StatusCode.FailedPrecondition, "odd"),
                    new Metadata { { "grpc-status-details-bin", [0xff, 0xff, 0xff] } }
                )
        );

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(Check);

        Assert.Equal(StatusCode.FailedPrecondition, failure.StatusCode);
    }

    [Fact]
    public async Task An_exchange_that_nobody_runs_is_unavailable()
    {
        await _exchange!.StopAsync();

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(Check);

        Assert.Equal((StatusCode.Unavailable, ErrorReason.Unspecified), (failure.StatusCode, failure.Reason));
        await _exchange.RestartAsync();
    }

    [Fact]
    public async Task Every_reason_of_an_item_arrives_as_a_value()
    {
        foreach (var reason in Reasons.Select(row => row.Data))
        {
            _exchange!.Script.RefuseItems(reason);

            var outcome = await _client!.SubmitAsync(Samples.Submission(Samples.Email(1)), Ct);

            Assert.Equal((false, reason), (outcome.IsAccepted, outcome.Refusal?.Reason));
            Assert.Equal(TransientReasons.Contains(reason), outcome.IsTransient);
        }
    }

    [Fact]
    public void What_passes_by_itself_is_what_the_catalog_calls_unavailable_or_aborted_and_what_is_full_for_a_moment()
    {
        ErrorReason[] full =
        [
            ErrorReason.WriteQueueFull,
            ErrorReason.EvaluateQueueFull,
            ErrorReason.LogBusy,
            ErrorReason.BurstLimit,
            ErrorReason.TooManyStreams,
        ];
        var byCode = Reasons
            .Select(row => row.Data)
            .Where(reason => ErrorCatalog.CodeOf(reason) is StatusCode.Unavailable or StatusCode.Aborted);

        Assert.Equal(
            byCode.Concat(full).Order(),
            Reasons.Select(row => row.Data).Where(TransientReasons.Contains).Order()
        );
    }

    private Task<CheckResult> Check() => _client!.CheckAsync(Samples.Email(1), CheckPurpose.Test, Ct);
}
