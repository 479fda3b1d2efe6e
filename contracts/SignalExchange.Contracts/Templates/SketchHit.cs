using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Templates;

/// <summary>One sketch of a template that an ad fits.</summary>
/// <param name="Owners">The members that stand behind a copy; empty for the template's first ad, behind which everybody does who reports it.</param>
/// <param name="Strength">How well the ad fits it.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public readonly record struct SketchHit(IReadOnlyCollection<string> Owners, MatchStrength Strength);
