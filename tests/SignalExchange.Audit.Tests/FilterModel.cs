using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests;

/// <summary>What a filter means, in plain LINQ.</summary>
internal static class FilterModel
{
    public static IEnumerable<long> Find(TestLog log, EntryFilter filter, IReadOnlySet<long> reviewed) =>
        log.Entries.Where(it => Matches(it, filter, reviewed)).Select(it => it.Index);

    private static bool Matches(LoggedEntry entry, EntryFilter filter, IReadOnlySet<long> reviewed)
    {
        if (
            (filter.From is { } from && entry.Entry.Time < from)
            || (filter.Until is { } until && entry.Entry.Time >= until)
        )
        {
            return false;
        }

        if (
            filter.Review != ReviewState.Unspecified
            && reviewed.Contains(entry.Index) != (filter.Review == ReviewState.Reviewed)
        )
        {
            return false;
        }

        var bare = filter.Clone();
        (bare.From, bare.Until, bare.Review) = (null, null, ReviewState.Unspecified);
        return bare.CalculateSize() == 0 || (entry.Detail is { } detail && Matches(detail, bare));
    }

    private static bool Matches(AccessLogDetail detail, EntryFilter filter) =>
        (filter.MemberId == "" || filter.MemberId == detail.Actor.MemberId)
        && (filter.Role == KeyRole.Unspecified || filter.Role == detail.Actor.Role)
        && (filter.Method == "" || filter.Method == detail.Method)
        && (filter.Purpose == CheckPurpose.Unspecified || filter.Purpose == detail.Purpose)
        && (
            filter.Outcome == EntryOutcome.Unspecified
            || filter.Outcome == EntryOutcome.Answered == (detail.StatusCode == 0)
        )
        && (!filter.HasStatusCode || filter.StatusCode == detail.StatusCode)
        && (filter.Reason == ErrorReason.Unspecified || filter.Reason == detail.Reason)
        && (filter.RequestId.IsEmpty || filter.RequestId == detail.RequestId)
        && (filter.KeyThumbprint == "" || filter.KeyThumbprint == detail.Actor.KeyThumbprint)
        && (filter.Pseudonyms.IsEmpty || Split(filter.Pseudonyms).Intersect(Split(detail.Pseudonyms)).Any());

    private static IEnumerable<string> Split(IEnumerable<byte> packed) =>
        packed.Chunk(SignalId.Size).Select(it => Convert.ToHexString(it));
}
