using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Operations;

/// <summary>What members did today, and when they were last seen. Changes the state that it is given.</summary>
internal static class MemberDays
{
    /// <summary>Adds what a member did now.</summary>
    public static void Add(OperationsState state, MemberUse done, DateTimeOffset now)
    {
        var today = QuotaDay.Of(now);
        if (state.Members.FirstOrDefault(it => it.Use.MemberId == done.MemberId) is not { } known)
        {
            known = new MemberDay { Use = new() { MemberId = done.MemberId } };
            state.Members.Insert(state.Members.Count(it => IsBefore(it, done.MemberId)), known);
        }

        if (known.Day != today)
        {
            known.Day = today;
            known.Use = new() { MemberId = done.MemberId, LastSeen = known.Use.LastSeen };
        }

        Merge(known.Use, done);
    }

    /// <summary>Returns what members did on the day of a time.</summary>
    public static IEnumerable<MemberUse> Read(OperationsState state, DateTimeOffset now) =>
        state.Members.Select(it =>
            it.Day == QuotaDay.Of(now)
                ? it.Use.Clone()
                : new MemberUse { MemberId = it.Use.MemberId, LastSeen = it.Use.LastSeen }
        );

    private static void Merge(MemberUse into, MemberUse done)
    {
        into.LastSeen = done.LastSeen;
        into.Calls += done.Calls;
        into.RefusedCalls += done.RefusedCalls;
        into.TokensChecked += done.TokensChecked;
        into.Hits += done.Hits;
        into.SignalsAccepted += done.SignalsAccepted;
        into.SignalsWithdrawn += done.SignalsWithdrawn;
        into.Evaluations += done.Evaluations;
        into.AdsChecked += done.AdsChecked;
        into.AdsKnown += done.AdsKnown;
        into.AdsRegistered += done.AdsRegistered;
    }

    private static bool IsBefore(MemberDay day, string memberId) =>
        string.CompareOrdinal(day.Use.MemberId, memberId) < 0;
}
