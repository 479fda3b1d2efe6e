using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Checks;

/// <summary>What the exchange says about one identifier.</summary>
/// <param name="Identifier">The identifier that was asked about; it prints as its type only.</param>
/// <param name="Verdict">What is known; null when nothing is that this member may hear.</param>
/// <param name="AsOf">Where the logs of the shards asked stood: the answer takes every change up to there into account.</param>
public sealed record CheckResult(Identifier Identifier, Verdict? Verdict, IReadOnlyList<Position> AsOf)
{
    /// <summary>Gets whether there is something to hear.</summary>
    public bool IsKnown => Verdict is not null;
}
