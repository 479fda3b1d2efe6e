using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Checks;

/// <summary>What is asked of the exchange.</summary>
/// <param name="KeyId">The key of the tokens.</param>
/// <param name="Tokens">The tokens.</param>
/// <param name="Purpose">Why.</param>
/// <param name="AtLeast">Positions that the answer must take into account, as the caller stated them.</param>
internal sealed record CheckQuestion(
    KeyId KeyId,
    Token[] Tokens,
    CheckPurpose Purpose,
    IReadOnlyCollection<Position> AtLeast
);
