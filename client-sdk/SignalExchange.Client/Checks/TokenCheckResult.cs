using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Checks;

/// <summary>What the exchange says about one token.</summary>
/// <param name="Token">The token that was asked about; it prints as its first four bytes only.</param>
/// <param name="Verdict">What is known; null when nothing is that this member may hear.</param>
/// <param name="AsOf">Where the logs of the shards asked stood: the answer takes every change up to there into account.</param>
/// <remarks>Immutable as far as its messages are left alone; safe from any thread.</remarks>
public sealed record TokenCheckResult(Token Token, Verdict? Verdict, IReadOnlyList<Position> AsOf)
{
    /// <summary>Gets whether there is something to hear.</summary>
    public bool IsKnown => Verdict is not null;
}
