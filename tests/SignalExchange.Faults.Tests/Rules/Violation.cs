namespace SignalExchange.Faults.Tests.Rules;

/// <summary>A rule that a history breaks, and how.</summary>
internal sealed record Violation(string Rule, string What);
