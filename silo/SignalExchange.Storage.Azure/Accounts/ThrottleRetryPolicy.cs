using Azure.Core;
using Azure.Core.Pipeline;

namespace SignalExchange.Storage.Azure.Accounts;

/// <summary>Tries writes again that the service refused before it began: too many requests. Never what may have been done.</summary>
/// <remarks>
/// The SDK's own policy also repeats requests whose reply was lost. A repeated insert then finds its own row and reads as a
/// conflict. Here a lost reply is an outcome of its own, <see cref="CommitUnknownException"/>, until the rows are read again.
/// </remarks>
internal sealed class ThrottleRetryPolicy()
    : RetryPolicy(
        MaxRetries,
        DelayStrategy.CreateExponentialDelayStrategy(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(1))
    )
{
    private const int MaxRetries = 2;

    // The base counts the tries.
    protected override bool ShouldRetry(HttpMessage message, Exception? exception) =>
        IsThrottled(message, exception) && base.ShouldRetry(message, exception);

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        IsThrottled(message, exception) && await base.ShouldRetryAsync(message, exception);

    private static bool IsThrottled(HttpMessage message, Exception? exception) =>
        exception is null && message.HasResponse && message.Response.Status is 429 or 503;
}
