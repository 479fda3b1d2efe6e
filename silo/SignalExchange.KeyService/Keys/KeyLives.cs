using SignalExchange.Contracts.V1;

namespace SignalExchange.KeyService.Keys;

/// <summary>Keys before and after others have changed them. No key is lost, and none goes back in its life.</summary>
internal static class KeyLives
{
    private static readonly KeyState[] Steps =
    [
        KeyState.Announced,
        KeyState.Incoming,
        KeyState.Ready,
        KeyState.Active,
        KeyState.Retiring,
        KeyState.Retired,
        KeyState.Destroyed,
    ];

    /// <summary>Tells whether one list can have become the other.</summary>
    internal static bool AreContinued(IEnumerable<KeyRecord> before, IReadOnlyList<KeyRecord> after) =>
        before.All(known =>
            after.FirstOrDefault(it => it.KeyId == known.KeyId) is { } now && StepOf(now) >= StepOf(known)
        );

    /// <summary>Returns the newer list, with the secrets that are held already: work on them may be under way. Clears those that are gone.</summary>
    /// <param name="before">What is known; owned by what is returned.</param>
    /// <param name="after">What was read; owned by what is returned.</param>
    internal static IReadOnlyList<KeyRecord> Continue(IReadOnlyList<KeyRecord> before, IEnumerable<KeyRecord> after) =>
        [
            .. after.Select(now =>
                before.FirstOrDefault(it => it.KeyId == now.KeyId) is { } known ? Continue(known, now) : now
            ),
        ];

    private static KeyRecord Continue(KeyRecord known, KeyRecord now)
    {
        if (now.Key is null)
        {
            known.Dispose();
            return now;
        }

        now.Dispose();
        return known.With(now.Term);
    }

    private static int StepOf(KeyRecord record) => Array.IndexOf(Steps, record.Term.State);
}
