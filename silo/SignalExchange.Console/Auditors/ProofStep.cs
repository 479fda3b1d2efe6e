namespace SignalExchange.WebConsole.Auditors;

/// <summary>One step of an inclusion proof.</summary>
/// <param name="Sibling">What the hash so far is joined with.</param>
/// <param name="IsSiblingLeft">Whether that stands on the left.</param>
/// <param name="Parent">What comes out.</param>
internal sealed record ProofStep(string Sibling, bool IsSiblingLeft, string Parent);
