using SignalExchange.Contracts;

namespace SignalExchange.Faults.Tests.Histories;

/// <summary>The submissions that reached the exchange otherwise than once and in order, and were answered.</summary>
/// <param name="Duplicated">Sent while the same was under way at another silo.</param>
/// <param name="Replayed">Sent again after the same had been acknowledged.</param>
/// <param name="Overtaken">Sent again after a change that its member made later had been acknowledged.</param>
internal sealed record Redeliveries(
    IReadOnlyList<Write> Duplicated,
    IReadOnlyList<Write> Replayed,
    IReadOnlyList<Write> Overtaken
)
{
    /// <summary>Finds them among all writes of a run.</summary>
    public static Redeliveries Of(IReadOnlyCollection<Write> writes)
    {
        var sent = writes.Where(write => write.Kind == WriteKind.Submission).ToLookup(write => write.Id);
        var firsts = sent.ToDictionary(calls => calls.Key, calls => calls.Min(call => call.Time.Started));
        var changes = writes.Where(write => write.IsChange).ToLookup(write => write.Pair);
        var answered = writes.Where(write => write.IsAcceptedSubmission).ToList();
        return new(
            [.. answered.Where(write => sent[write.Id].Any(other => IsDuplicate(write, other)))],
            [.. answered.Where(write => sent[write.Id].Any(other => IsReplay(write, other)))],
            [.. answered.Where(write => changes[write.Pair].Any(change => IsOvertaken(write, firsts, change)))]
        );
    }

    public override string ToString() =>
        $"{Duplicated.Count} submissions duplicated, {Replayed.Count} replayed, {Overtaken.Count} overtaken";

    private static bool IsDuplicate(Write write, Write other) =>
        write.Silo != other.Silo && write.Time.Overlaps(other.Time);

    private static bool IsReplay(Write write, Write other) =>
        other.Fate == Fate.Accepted && other.Time.IsBefore(write.Time);

    private static bool IsOvertaken(Write write, Dictionary<SubmissionId, TimeSpan> firsts, Write change) =>
        change.Id != write.Id && change.Time.IsBefore(write.Time) && firsts[write.Id] < change.Time.Started;
}
