using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Operations;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Silo.Operations;

/// <summary>Counts of an interval. Safe from any thread.</summary>
internal sealed class CallCounters
{
    private static readonly int Kinds = System.Enum.GetValues<CallKind>().Length;

    private readonly long[] _checks = new long[LatencyBuckets.Count];
    private readonly long[] _submissions = new long[LatencyBuckets.Count];
    private readonly long[] _things = new long[Kinds];
    private long _calls;
    private long _refused;
    private long _failed;
    private long _storageFailures;
    private long _hits;
    private long _adHits;
    private long _notAccepted;

    /// <summary>Counts a call.</summary>
    public void Add(CallKind kind, AccessLogDetail detail, TimeSpan elapsed)
    {
        Interlocked.Increment(ref _calls);
        if (detail.StatusCode != 0)
        {
            AddFailure(detail);
            return;
        }

        Interlocked.Add(
            ref _things[(int)kind],
            kind is CallKind.Check or CallKind.AdCheck ? detail.Asked : detail.Hits
        );
        if (kind == CallKind.Check)
        {
            Interlocked.Add(ref _hits, detail.Hits);
            Interlocked.Increment(ref _checks[LatencyBuckets.Of(elapsed)]);
        }
        else if (kind == CallKind.Submission)
        {
            Interlocked.Add(ref _notAccepted, detail.Refused);
            Interlocked.Increment(ref _submissions[LatencyBuckets.Of(elapsed)]);
        }
        else if (kind == CallKind.AdCheck)
        {
            Interlocked.Add(ref _adHits, detail.Hits);
        }
    }

    /// <summary>Returns the counts.</summary>
    public ActivityStep ToStep() =>
        new()
        {
            Counts = new()
            {
                Calls = (ulong)_calls,
                RefusedCalls = (ulong)_refused,
                FailedCalls = (ulong)_failed,
                StorageFailures = (ulong)_storageFailures,
                TokensChecked = Things(CallKind.Check),
                Hits = (ulong)_hits,
                SignalsAccepted = Things(CallKind.Submission),
                SignalsRefused = (ulong)_notAccepted,
                SignalsWithdrawn = Things(CallKind.Withdrawal),
                Evaluations = Things(CallKind.Evaluation),
                AdsChecked = Things(CallKind.AdCheck),
                AdsKnown = (ulong)_adHits,
                AdsRegistered = Things(CallKind.AdRegistration),
            },
            Checks = { Counted(_checks) },
            Submissions = { Counted(_submissions) },
        };

    /// <summary>Returns the counts as a member's.</summary>
    public MemberUse ToUse(string memberId, Timestamp now) =>
        new()
        {
            MemberId = memberId,
            LastSeen = now,
            Calls = (ulong)_calls,
            RefusedCalls = (ulong)_refused,
            TokensChecked = Things(CallKind.Check),
            Hits = (ulong)_hits,
            SignalsAccepted = Things(CallKind.Submission),
            SignalsWithdrawn = Things(CallKind.Withdrawal),
            Evaluations = Things(CallKind.Evaluation),
            AdsChecked = Things(CallKind.AdCheck),
            AdsKnown = (ulong)_adHits,
            AdsRegistered = Things(CallKind.AdRegistration),
        };

    // Codes that say "not you, us": what operators look at first.
    private void AddFailure(AccessLogDetail detail)
    {
        var isOurs =
            (StatusCode)detail.StatusCode
            is StatusCode.Internal
                or StatusCode.Unknown
                or StatusCode.Unavailable
                or StatusCode.DataLoss
                or StatusCode.Aborted;
        Interlocked.Increment(ref isOurs ? ref _failed : ref _refused);
        if (detail.Reason == ErrorReason.StorageUnavailable)
        {
            Interlocked.Increment(ref _storageFailures);
        }
    }

    private ulong Things(CallKind kind) => (ulong)_things[(int)kind];

    // Buckets at the end in which there is nothing are left out.
    private static IEnumerable<ulong> Counted(long[] buckets) =>
        buckets.Take(Array.FindLastIndex(buckets, static count => count > 0) + 1).Select(static count => (ulong)count);
}
