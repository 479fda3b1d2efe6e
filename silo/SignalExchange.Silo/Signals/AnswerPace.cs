using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Signals;

/// <summary>Lets answers to checks leave at whole steps of time, whatever was found.</summary>
/// <remarks>
/// A token that nobody reported ends in the index; one that somebody reported out of the caller's sight costs a grain call, some
/// tens of microseconds. At whole steps both look alike, and alike to a miss.
/// </remarks>
internal sealed class AnswerPace(IOptions<SignalOptions> options, TimeProvider clock)
{
    /// <summary>Answers at the next whole step after the work is done.</summary>
    public async Task<T> Keep<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        var step = options.Value.AnswerStep.Ticks;
        if (step == 0)
        {
            return await work();
        }

        var begun = clock.GetTimestamp();
        try
        {
            return await work();
        }
        finally
        {
            var rest = step - (clock.GetElapsedTime(begun).Ticks % step);
            await Task.Delay(TimeSpan.FromTicks(rest), clock, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
