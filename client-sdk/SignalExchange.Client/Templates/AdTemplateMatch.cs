using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Templates;

/// <summary>A template that an ad fits.</summary>
/// <param name="Template">Which.</param>
/// <param name="Strength">How well.</param>
/// <param name="Verdict">What is known about it that this member may hear, and the most that may be done on the strength of it.</param>
/// <remarks>Immutable as far as its messages are left alone; safe from any thread.</remarks>
public sealed record AdTemplateMatch(TemplateId Template, MatchStrength Strength, Verdict Verdict);
