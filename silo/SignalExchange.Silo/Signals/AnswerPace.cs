using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Signals;

/// <summary>Lets answers about indicators leave at whole steps of time, whatever was found.</summary>
/// <remarks>
/// A token that nobody reported ends in the index; one that somebody reported out of the caller's sight costs a grain call, some
/// tens of microseconds. At whole steps both look alike, and alike to a miss. A step begins before the work does: timers know milliseconds only,
/// so one that began after the work would be as long as the work, and then some.
/// </remarks>
internal sealed class AnswerPace(IOptions<SignalOptions> options, TimeProvider clock)
{
    // What a timer would cut off is added: a step is never shorter than was asked for.
    private readonly TimeSpan _step = TimeSpan.FromMilliseconds(
        Math.Ceiling(options.Value.AnswerStep.TotalMilliseconds)
    );

    /// <summary>Answers, or fails, at the first whole step at which the work is done; at once when the caller went away.</summary>
    public async Task<T> Keep<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        if (_step == TimeSpan.Zero)
        {
            return await work();
        }

        var step = Task.Delay(_step, clock, cancellationToken);
        var answer = Begin(work);
        await step.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!answer.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            step = Task.Delay(_step, clock, cancellationToken);
            await step.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return await answer;
    }

    // What fails at once fails at a step, too.
    private static async Task<T> Begin<T>(Func<Task<T>> work) => await work();
}
