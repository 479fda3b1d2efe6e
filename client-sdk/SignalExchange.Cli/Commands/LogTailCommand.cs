using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log tail</c>: the newest entries, and with <c>--follow</c> those that come. With <c>--json</c> an object a line.</summary>
internal static class LogTailCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static Command Create()
    {
        var connection = new ConnectionOptions();
        var filter = new EntryFilterOptions();
        var lines = new Option<int>("--lines", "-n")
        {
            Description = "How many of those that are there, from 0.",
            DefaultValueFactory = _ => 10,
        };
        lines.Validators.Add(it =>
        {
            if (it.GetValueOrDefault<int>() < 0)
            {
                it.AddError("--lines must be 0 or more.");
            }
        });
        var follow = new Option<bool>("--follow", "-f") { Description = "Go on until interrupted." };
        var command = new Command("tail", "Prints the newest entries of the access log; for auditors.")
        {
            lines,
            follow,
        };
        filter.AddTo(command);
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                var tail = new Tail(client, filter.Make(parsed), connection.IsJson(parsed));
                var output = parsed.InvocationConfiguration.Output;
                await tail.PrintLast(parsed.GetValue(lines), output, cancellationToken);
                while (parsed.GetValue(follow))
                {
                    await Task.Delay(Interval, cancellationToken);
                    await tail.PrintNew(output, cancellationToken);
                }

                return ExitCodes.Done;
            }
        );
        return command;
    }

    private sealed class Tail(SignalExchangeClient client, EntryFilter filter, bool isJson)
    {
        private long _last = -1;

        public async Task PrintLast(int count, TextWriter output, CancellationToken cancellationToken)
        {
            // One at least, though none is to be printed: what comes is what comes after it.
            var newest = await client
                .Audit.SearchAsync(filter, cancellationToken: cancellationToken)
                .Take(Math.Max(1, count))
                .ToListAsync(cancellationToken);
            _last = newest.Count > 0 ? (long)newest[0].Index : -1;
            await Print(newest.Take(count), output);
        }

        // Newest first until the last one that was printed: what came meanwhile, however much, is complete.
        public async Task PrintNew(TextWriter output, CancellationToken cancellationToken)
        {
            var newer = await client
                .Audit.SearchAsync(filter, cancellationToken: cancellationToken)
                .TakeWhile(entry => (long)entry.Index > _last)
                .ToListAsync(cancellationToken);
            await Print(newer, output);
        }

        private async Task Print(IEnumerable<EntrySummary> newestFirst, TextWriter output)
        {
            foreach (var entry in newestFirst.Reverse())
            {
                var row = EntryLine.Of(entry);
                if (isJson)
                {
                    await output.WriteLineAsync(row.ToJsonString());
                }
                else
                {
                    await Printer.Print(output, isJson: false, [row]);
                }

                _last = (long)entry.Index;
            }
        }
    }
}
