using System.Buffers.Text;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>What the registry keeps of members' keys beyond those that it lists, so that no member can make it grow without end.</summary>
/// <remarks>
/// Every change of the registry is written and sent whole, and storage has an end: a member that adds and revokes keys in a loop would stop everybody's
/// suspension. So what a member may add by itself is counted, and a key that was revoked long ago is a digest, by which it stays taken.
/// </remarks>
internal static class KeyHistories
{
    private const int DigestSize = 16;
    private const int DaysKept = 365;

    /// <summary>Counts a key that a member adds to itself.</summary>
    /// <param name="step">What the act comes to; its next state is completed.</param>
    /// <param name="before">The registry before it.</param>
    /// <param name="act">The act.</param>
    /// <param name="actor">The key or account of who asks.</param>
    /// <param name="now">The time.</param>
    /// <returns>The step, or a refusal where the member has added as many as it may. Operators are not counted.</returns>
    public static RegistryStep Count(
        RegistryStep step,
        RegistryState before,
        RegistryAct act,
        string actor,
        DateTimeOffset now
    )
    {
        if (step.Next is not { } next || act.AddKey is not { } add || !IsItself(before, add.MemberId, actor))
        {
            return step;
        }

        var history = HistoryOf(next, add.MemberId);
        Forget(history, now);
        if (history.AddedOn.Count >= Limits.MaxKeysAddedPerYear)
        {
            return RegistryStep.Refused(
                new Refusal(ErrorReason.TooManyKeysThisYear, "public_key", Limits.MaxKeysAddedPerYear)
            );
        }

        history.AddedOn.Add(DayOf(now));
        return step;
    }

    /// <summary>Leaves the newest revoked keys of a member in a copy that is being made, and digests of the others.</summary>
    public static RegistryStep Prune(RegistryStep step)
    {
        var (next, member) = (step.Next!, step.Member!);
        var revoked = member.Keys.Where(key => key.RevokedAt is not null).ToList();
        foreach (var key in revoked.OrderBy(AgeOf).SkipLast(Limits.MaxRevokedKeys))
        {
            var history = HistoryOf(next, member.MemberId);
            history.Forgotten = ByteString.CopyFrom([.. history.Forgotten.Span, .. DigestOf(key.Thumbprint)]);
            member.Keys.Remove(key);
        }

        return step;
    }

    /// <summary>Whether anybody had the key that is not listed any more.</summary>
    public static bool Knows(RegistryState state, string thumbprint) =>
        state.KeyHistories.Any(it => Holds(it, thumbprint));

    /// <summary>Whether the member had the key that is not listed any more.</summary>
    public static bool Knows(RegistryState state, string memberId, string thumbprint) =>
        state.KeyHistories.Any(it => it.MemberId == memberId && Holds(it, thumbprint));

    private static bool IsItself(RegistryState state, string memberId, string actor) =>
        memberId != MemberId.Consortium.Value
        && (
            state.FindMember(memberId)!.Keys.Any(key => key.Thumbprint == actor)
            || state.People.Any(it => it.Person.AccountId == actor && it.Person.MemberId == memberId)
        );

    private static KeyHistory HistoryOf(RegistryState next, string memberId)
    {
        if (next.KeyHistories.FirstOrDefault(it => it.MemberId == memberId) is { } known)
        {
            return known;
        }

        var history = new KeyHistory { MemberId = memberId };
        next.KeyHistories.Add(history);
        return history;
    }

    private static void Forget(KeyHistory history, DateTimeOffset now)
    {
        while (history.AddedOn.Count > 0 && history.AddedOn[0] <= DayOf(now) - DaysKept)
        {
            history.AddedOn.RemoveAt(0);
        }
    }

    private static bool Holds(KeyHistory history, string thumbprint)
    {
        var digest = DigestOf(thumbprint);
        var all = history.Forgotten.Span;
        for (var place = 0; place < all.Length; place += DigestSize)
        {
            if (all.Slice(place, DigestSize).SequenceEqual(digest))
            {
                return true;
            }
        }

        return false;
    }

    private static byte[] DigestOf(string thumbprint) => Base64Url.DecodeFromChars(thumbprint)[..DigestSize];

    private static DateTimeOffset AgeOf(MemberKey key) => key.RevokedAt.ToDateTimeOffset();

    private static long DayOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / (24 * 60 * 60);
}
