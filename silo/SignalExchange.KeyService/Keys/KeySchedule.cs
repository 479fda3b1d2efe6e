namespace SignalExchange.KeyService.Keys;

/// <summary>Tells where the keys of one type are in their lives.</summary>
/// <remarks>
/// A key is in force until another one follows, also past its planned end: without a re-keyed index a type without a key would
/// be worse than an old key. Pure; safe from any thread.
/// </remarks>
internal static class KeySchedule
{
    /// <summary>How long checks may use a key after the next one's epoch began.</summary>
    internal static readonly TimeSpan CheckOverlap = TimeSpan.FromDays(7);

    /// <summary>Returns where a key stands.</summary>
    /// <param name="key">One of the keys.</param>
    /// <param name="keysOfType">All keys of its type, any order.</param>
    /// <param name="now">The instant.</param>
    internal static KeyStanding StandingOf(KeyRecord key, IEnumerable<KeyRecord> keysOfType, DateTimeOffset now)
    {
        var ordered = keysOfType.OrderBy(other => other.KeyId.Epoch).ToList();

        // A clock set back must not leave a type without a key: the oldest is in force before its time if no other is.
        var active = ordered.FindLast(other => other.NotBefore <= now) ?? ordered[0];
        return key.KeyId.Epoch.CompareTo(active.KeyId.Epoch) switch
        {
            0 => KeyStanding.Active,
            > 0 => KeyStanding.Announced,
            _ => StandingAfter(ordered.Find(other => other.KeyId.Epoch > key.KeyId.Epoch)!, now),
        };
    }

    /// <summary>Tells whether a key is the one for submissions although its epoch should have ended.</summary>
    /// <param name="key">One of the keys.</param>
    /// <param name="keysOfType">All keys of its type, any order.</param>
    /// <param name="now">The instant.</param>
    internal static bool IsOverdue(KeyRecord key, IEnumerable<KeyRecord> keysOfType, DateTimeOffset now) =>
        key.NotAfter <= now && StandingOf(key, keysOfType, now) == KeyStanding.Active;

    private static KeyStanding StandingAfter(KeyRecord successor, DateTimeOffset now) =>
        now < successor.NotBefore + CheckOverlap ? KeyStanding.Retiring : KeyStanding.Retired;
}
