using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>The rules of attempts and sessions of one account. Pure: never touches the state it is given.</summary>
internal static class PersonLedger
{
    /// <summary>How old the noted time of a person's last sign may be: it is not worth a write each time.</summary>
    public static readonly TimeSpan SeenStep = TimeSpan.FromMinutes(1);

    /// <summary>Begins an attempt: counted as wrong from the start, so that guesses side by side are all counted.</summary>
    /// <returns>The state to write; null and the time to wait when the account is locked.</returns>
    public static (PersonAccess? Next, TimeSpan RetryAfter) Begin(
        PersonAccess state,
        PersonOptions options,
        DateTimeOffset now
    )
    {
        if (state.LockedUntil?.ToDateTimeOffset() is { } until && until > now)
        {
            return (null, until - now);
        }

        var next = state.Clone();
        next.Failures++;
        next.LockedUntil = next.Failures < options.FreeAttempts ? null : (now + LockOf(next, options)).ToTimestamp();
        return (next, TimeSpan.Zero);
    }

    /// <summary>Finishes an attempt that was right; null when the code was used before (RFC 6238 section 5.2).</summary>
    public static PersonAccess? Finish(PersonAccess state, long step)
    {
        if (step <= state.LastStep)
        {
            return null;
        }

        var next = state.Clone();
        next.LastStep = step;
        next.Failures = 0;
        next.LockedUntil = null;
        return next;
    }

    /// <summary>Keeps new credentials beside those in force.</summary>
    public static PersonAccess Prepare(PersonAccess state, Credentials credentials, ByteString inForce, long step)
    {
        var next = state.Clone();
        foreach (var old in state.Credentials.Where(it => it.CredentialId != inForce))
        {
            next.Credentials.Remove(old);
        }

        next.Credentials.Add(credentials);
        next.LastStep = step;
        next.Failures = 0;
        next.LockedUntil = null;
        return next;
    }

    /// <summary>Opens a session; past ones go, and the oldest where there are too many.</summary>
    public static PersonAccess Open(
        PersonAccess state,
        ByteString idDigest,
        long epoch,
        PersonOptions options,
        DateTimeOffset now
    )
    {
        var next = state.Clone();
        var kept = state
            .Sessions.Where(it => IsLive(it, epoch, options, now))
            .TakeLast(options.MaxSessions - 1)
            .ToList();
        next.Sessions.Clear();
        next.Sessions.Add(kept);
        next.Sessions.Add(
            new PersonSession
            {
                IdDigest = idDigest,
                OpenedAt = now.ToTimestamp(),
                SeenAt = now.ToTimestamp(),
                Epoch = epoch,
            }
        );
        return next;
    }

    /// <summary>Finds a live session.</summary>
    public static PersonSession? Find(
        PersonAccess state,
        ByteString idDigest,
        long epoch,
        PersonOptions options,
        DateTimeOffset now
    ) => state.Sessions.FirstOrDefault(it => it.IdDigest == idDigest && IsLive(it, epoch, options, now));

    /// <summary>Notes that a session's person did something; null when that was noted lately.</summary>
    public static PersonAccess? Touch(PersonAccess state, PersonSession session, DateTimeOffset now)
    {
        if (now - session.SeenAt.ToDateTimeOffset() < SeenStep)
        {
            return null;
        }

        var next = state.Clone();
        next.Sessions.Single(it => it.IdDigest == session.IdDigest).SeenAt = now.ToTimestamp();
        return next;
    }

    /// <summary>Ends a session; null when it is not there.</summary>
    public static PersonAccess? Close(PersonAccess state, ByteString idDigest)
    {
        if (state.Sessions.FirstOrDefault(it => it.IdDigest == idDigest) is not { } session)
        {
            return null;
        }

        var next = state.Clone();
        next.Sessions.Remove(session);
        return next;
    }

    private static bool IsLive(PersonSession session, long epoch, PersonOptions options, DateTimeOffset now) =>
        session.Epoch == epoch
        && now < session.OpenedAt.ToDateTimeOffset() + options.LongestLife
        && now < session.SeenAt.ToDateTimeOffset() + options.IdleLife;

    private static TimeSpan LockOf(PersonAccess next, PersonOptions options)
    {
        var doublings = Math.Min(next.Failures - options.FreeAttempts, 30);
        var length = options.FirstLock.TotalSeconds * (1L << doublings);
        return TimeSpan.FromSeconds(Math.Min(length, options.LongestLock.TotalSeconds));
    }
}
