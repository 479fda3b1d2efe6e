using Spectre.Console;

namespace SignalExchange.Cli.Output;

/// <summary>A progress bar on the error output, when somebody looks at a terminal.</summary>
internal static class ProgressBar
{
    /// <summary>Runs work with a bar.</summary>
    /// <param name="title">What is done; null for no bar.</param>
    /// <param name="total">How many ticks make it full.</param>
    /// <param name="work">Gets what to call for each tick.</param>
    public static Task Run(string? title, long total, Func<Action, Task> work) =>
        Run(title, show => work(() => show(null, Math.Max(1, total))));

    /// <summary>Runs work that learns on its way how much there is to do.</summary>
    /// <param name="title">What is done; null for no bar.</param>
    /// <param name="work">Gets what to call, from any thread: with how much is done (null for one more), and of how much.</param>
    public static async Task Run(string? title, Func<Action<long?, long>, Task> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        if (title is null || !console.Profile.Capabilities.Interactive)
        {
            await work(static (_, _) => { });
            return;
        }

        await console
            .Progress()
            .Columns(
                new TaskDescriptionColumn(),
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            )
            .StartAsync(async context =>
            {
                var task = context.AddTask(title, maxValue: 1);
                await work(
                    (done, total) =>
                    {
                        task.MaxValue = total;
                        task.Increment(done - task.Value ?? 1);
                    }
                );
                task.Value = task.MaxValue;
            });
    }
}
