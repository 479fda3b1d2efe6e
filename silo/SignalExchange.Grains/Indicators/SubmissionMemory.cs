using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Indicators;

/// <summary>What an indicator remembers of submissions: a retry gets its first answer, and each signal's last change its place.</summary>
/// <remarks>Pure but for <see cref="Add"/> and <see cref="Place"/>, which change a state that is being made.</remarks>
internal static class SubmissionMemory
{
    /// <summary>Finds a submission that was accepted before.</summary>
    /// <returns>Its first answer, or a refusal when the id was used for something else; null when it is new.</returns>
    public static LedgerStep? Find(
        IndicatorState state,
        long version,
        string member,
        byte[] submissionId,
        ByteString digest,
        DateTimeOffset now
    )
    {
        var recent = state.Recent.FirstOrDefault(entry =>
            entry.Member == member && entry.SubmissionId.Span.SequenceEqual(submissionId) && IsRemembered(entry, now)
        );
        if (recent is null)
        {
            return null;
        }

        return recent.ContentDigest == digest
            ? LedgerStep.Known(recent.SignalId, recent.Revision, SequenceOf(recent, version))
            : LedgerStep.Refused(new Refusal(ErrorReason.SubmissionIdReused, "submission_id"));
    }

    /// <summary>Counts what a member changed lately.</summary>
    public static int CountOf(IndicatorState state, string member, DateTimeOffset now) =>
        state.Recent.Count(entry => entry.Member == member && IsRemembered(entry, now));

    /// <summary>Returns where a signal's own last change stands.</summary>
    /// <remarks>Never the indicator's newest change: that would tell a member of others' signals.</remarks>
    public static long SequenceOf(IndicatorState state, Signal own, long version) =>
        SequenceOf(state.Recent.Last(entry => entry.SignalId == own.SignalId), version);

    /// <summary>Remembers a submission, and forgets what is old.</summary>
    public static void Add(
        IndicatorState next,
        long version,
        Signal signal,
        byte[] submissionId,
        ByteString digest,
        DateTimeOffset now
    )
    {
        Place(next, version);
        Forget(next, now);
        next.Recent.Add(
            new RecentSubmission
            {
                SubmissionId = ByteString.CopyFrom(submissionId),
                Member = signal.Owner,
                ContentDigest = digest,
                AcceptedAt = now.ToTimestamp(),
                SignalId = signal.SignalId,
                Revision = signal.Revision,
            }
        );
    }

    /// <summary>Tells entries where they stand: those of the last write could not know it then; the row's version tells it now.</summary>
    public static void Place(IndicatorState next, long version)
    {
        foreach (var entry in next.Recent.Where(entry => entry.Sequence == 0))
        {
            entry.Sequence = version;
        }
    }

    // Each signal's newest entry stays: it knows where the signal's last change stands.
    private static void Forget(IndicatorState next, DateTimeOffset now)
    {
        var newest = next.Recent.GroupBy(entry => entry.SignalId, (_, own) => own.Last()).ToHashSet();
        var forgotten = next.Recent.Where(entry => !IsRemembered(entry, now) && !newest.Contains(entry)).ToList();
        forgotten.ForEach(entry => next.Recent.Remove(entry));
    }

    private static long SequenceOf(RecentSubmission entry, long version) =>
        entry.Sequence == 0 ? version : entry.Sequence;

    private static bool IsRemembered(RecentSubmission entry, DateTimeOffset now) =>
        entry.AcceptedAt.ToDateTimeOffset() + Limits.SubmissionMemory > now;
}
