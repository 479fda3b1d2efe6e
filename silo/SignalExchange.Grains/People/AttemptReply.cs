using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>Whether an attempt to sign in is looked at.</summary>
/// <param name="Credentials">What to compare with; null when the account has none, or is locked.</param>
/// <param name="RetryAfter">How long the account is locked; zero when it is not.</param>
[GenerateSerializer]
[Alias("signalexchange.attempt-reply")]
public sealed record AttemptReply(
    [property: Id(0)] Credentials? Credentials,
    [property: Id(1)] TimeSpan RetryAfter = default
);
