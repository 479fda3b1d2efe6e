using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.KeyService.Keys;

/// <summary>Where a key is in its life, as it is written down. Times are whole seconds.</summary>
/// <param name="State">Its state; <see cref="StateAt"/> says what that means at an instant.</param>
/// <param name="Since">Since when it is in that state.</param>
/// <param name="NotBefore">Since when it is in force; null before.</param>
/// <param name="NotAfter">When its epoch is planned to end; null before it is in force.</param>
/// <param name="ChecksUntil">Until when checks may use it; null unless another key has followed.</param>
/// <param name="Previous">The key that it follows; null for the first of its type and before its rotation.</param>
/// <param name="RotationRoot">The root of what proves its rotation, 32 bytes; empty before.</param>
internal sealed record KeyTerm(
    KeyState State,
    DateTimeOffset Since,
    DateTimeOffset? NotBefore = null,
    DateTimeOffset? NotAfter = null,
    DateTimeOffset? ChecksUntil = null,
    KeyId? Previous = null,
    ReadOnlyMemory<byte> RotationRoot = default
)
{
    /// <summary>Begins the term of a key that is in force from the start: the first of its type.</summary>
    internal static KeyTerm InForce(DateTimeOffset now, TimeSpan length) =>
        new(KeyState.Active, WholeSecond(now), WholeSecond(now), WholeSecond(now + length));

    /// <summary>Begins the term of a key that waits for its rotation.</summary>
    internal static KeyTerm Announced(DateTimeOffset now) => new(KeyState.Announced, WholeSecond(now));

    /// <summary>Returns the state at an instant: an overlap ends by itself, whether the key has been destroyed yet or not.</summary>
    internal KeyState StateAt(DateTimeOffset now) =>
        State == KeyState.Retiring && ChecksUntil <= now ? KeyState.Retired : State;

    /// <summary>Tells whether the key is the one for submissions although its epoch should have ended.</summary>
    internal bool IsOverdue(DateTimeOffset now) => State == KeyState.Active && NotAfter <= now;

    /// <summary>Goes on to another state.</summary>
    internal KeyTerm To(KeyState state, DateTimeOffset now) => this with { State = state, Since = WholeSecond(now) };

    /// <summary>Leaves off what is below a second.</summary>
    internal static DateTimeOffset WholeSecond(DateTimeOffset time) =>
        DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
