using System.Globalization;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Faults.Tests.Histories;

/// <summary>A history as text, a call a line in the order of their starts, for who looks into a violation.</summary>
internal static class HistoryFile
{
    public static void Write(string file, History history) =>
        File.WriteAllLines(
            file,
            history
                .Writes.Select(write => (write.Time, Text: Describe(history, write)))
                .Concat(history.Reads.Select(read => (read.Time, Text: Describe(history, read))))
                .OrderBy(line => line.Time.Started)
                .Select(line =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{line.Time.Started:c} {line.Time.Ended:c} {line.Text}"
                    )
                )
        );

    private static string Describe(History history, Write write) =>
        $"silo {write.Silo} {write.Kind} {write.Id} {write.Member} subject {write.Subject} shard {history.Shards[write.Subject]}: {write.Fate} "
        + $"signal {write.Signal} revision {write.Revision} at {write.Sequence}{(write.IsAlreadyKnown ? " known already" : "")}"
        + (write.Reason == ErrorReason.Unspecified ? "" : $" {write.Reason}");

    private static string Describe(History history, Read read) =>
        $"silo {read.Silo} {(read.IsFinal ? "final read" : "read")}: "
        + string.Join(
            "; ",
            read.Answers.Select(answer =>
                $"subject {answer.Subject} at {read.AsOf.GetValueOrDefault(history.Shards[answer.Subject])} "
                + string.Join(
                    ", ",
                    answer.Signals.Select(seen => $"{seen.Owner}:{seen.Signal} revision {seen.Revision}")
                )
            )
        );
}
