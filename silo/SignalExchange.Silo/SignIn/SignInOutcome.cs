using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.SignIn;

/// <summary>What an attempt to sign in comes to.</summary>
/// <param name="Person">Whose account it was for; null for one that is not there.</param>
/// <param name="Refusal">Why not; null when the person may enter.</param>
/// <param name="RetryAfter">When to try again, where that is known.</param>
internal readonly record struct SignInOutcome(
    KnownPerson? Person,
    Refusal? Refusal = null,
    TimeSpan RetryAfter = default
)
{
    /// <summary>One refusal for a wrong name, password or code: a guess learns nothing about which of them was right.</summary>
    public static SignInOutcome Refused(KnownPerson? person) => new(person, new(ErrorReason.SignInRefused));

    /// <summary>Too many attempts.</summary>
    public static SignInOutcome Locked(KnownPerson? person, TimeSpan retryAfter) =>
        new(person, new(ErrorReason.SignInLocked), retryAfter);
}
