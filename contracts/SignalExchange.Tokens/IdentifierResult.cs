using System.Diagnostics.CodeAnalysis;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical;

namespace SignalExchange.Tokens;

/// <summary>What a raw text became: an identifier, or the reason why it has no canonical form.</summary>
/// <remarks>Immutable; safe from any thread. Prints the identifier's type or the problem, never content.</remarks>
public sealed class IdentifierResult
{
    private IdentifierResult(Identifier? identifier, CanonicalRefusal? refusal)
    {
        Identifier = identifier;
        Refusal = refusal;
    }

    /// <summary>Gets the identifier; null if it was refused.</summary>
    public Identifier? Identifier { get; }

    /// <summary>Gets why it was refused; null if it was accepted.</summary>
    public CanonicalRefusal? Refusal { get; }

    /// <summary>Gets whether there is an identifier.</summary>
    [MemberNotNullWhen(true, nameof(Identifier))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Identifier is not null;

    /// <summary>Returns the identifier.</summary>
    /// <exception cref="IdentifierRefusedException">The text has no canonical form.</exception>
    public Identifier GetOrThrow() => IsAccepted ? Identifier : throw new IdentifierRefusedException(Refusal.Value);

    /// <summary>Returns <c>identifier:</c> and the type, or <c>refused:</c> and the problem.</summary>
    public override string ToString() => IsAccepted ? Identifier.ToString() : $"refused:{Refusal.Value.Code}";

    internal static IdentifierResult Accept(IndicatorType type, byte[] canonical) => new(new(type, canonical), null);

    internal static IdentifierResult Refuse(CanonicalProblem problem) => new(null, new CanonicalRefusal(problem));
}
