using System.Globalization;
using Grpc.Core;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Tests.Transport;

/// <summary>No call lasts longer than it may, and cancellation reaches the exchange.</summary>
public sealed class DeadlineTests : IAsyncLifetime
{
    // For what hangs only.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TaskCompletionSource<int?> _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task A_call_ends_at_its_deadline_and_the_exchange_is_told_of_it()
    {
        var client = Exchange.Join("platform-a", options => options.Deadline = TimeSpan.FromSeconds(8));
        await client.MakeTokensAsync([Samples.Email(1)], Ct);
        Exchange.Script.Next("Check", HangAsync);

        var failure = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            Check(client, Ct).WaitAsync(Patience, Ct)
        );

        Assert.Equal(StatusCode.DeadlineExceeded, failure.StatusCode);
        await _ended.Task.WaitAsync(Patience, Ct);
        // The whole of it is the platform's: the exchange is told what is left.
        Assert.InRange(await _arrived.Task ?? 0, 1, 8_000);
    }

    [Fact]
    public async Task A_clock_that_stands_still_does_not_shorten_deadlines()
    {
        var client = Exchange.Join(
            "platform-a",
            options => options.Clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UnixEpoch)
        );

        await Check(client, Ct);

        Assert.Equal(1, Exchange.Record.AttemptsOf("Check").Single().IssuedAt.ToUniversalTime().Year - 1969);
    }

    [Fact]
    public async Task Cancellation_reaches_the_exchange()
    {
        var client = Exchange.Join("platform-a");
        Exchange.Script.Next("Check", HangAsync);
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        var check = Check(client, cancelled.Token);
        await _arrived.Task.WaitAsync(Patience, Ct);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
        await _ended.Task.WaitAsync(Patience, Ct);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_a_busy_exchange()
    {
        var client = Exchange.Join("platform-a", options => options.Deadline = TimeSpan.FromMinutes(10));
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        Exchange.Script.Next(
            "Evaluate",
            _ =>
            {
                cancelled.CancelAfter(TimeSpan.FromMilliseconds(200));
                throw Failures.Of(
                    new Contracts.Errors.Refusal(ErrorReason.EvaluateQueueFull),
                    retryDelay: TimeSpan.FromMinutes(5)
                );
            }
        );

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Check(client, cancelled.Token));
    }

    private async Task HangAsync(ServerCallContext context)
    {
        _arrived.TrySetResult(MillisecondsLeft(context));
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.CancellationToken);
        }
        finally
        {
            _ended.TrySetResult();
        }
    }

    // The header of the protocol: a number and its unit, of which the client takes milliseconds and whole seconds; absent without a deadline.
    private static int? MillisecondsLeft(ServerCallContext context) =>
        context.GetHttpContext().Request.Headers["grpc-timeout"].ToString() switch
        {
            [.. var number, 'm'] => int.Parse(number, CultureInfo.InvariantCulture),
            [.. var number, 'S'] => 1000 * int.Parse(number, CultureInfo.InvariantCulture),
            _ => null,
        };

    private static Task<CheckResult> Check(SignalExchangeClient client, CancellationToken cancellationToken) =>
        client.CheckAsync(Samples.Email(1), CheckPurpose.Test, cancellationToken);
}
