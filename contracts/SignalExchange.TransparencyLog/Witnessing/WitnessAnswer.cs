using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>A witness's answer to a log.</summary>
/// <param name="Outcome">What became of the checkpoint.</param>
/// <param name="Signature">The cosignature, verified; null unless it signed.</param>
/// <param name="Status">The HTTP status; null if the witness was not reached.</param>
public sealed record WitnessAnswer(WitnessOutcome Outcome, NoteSignature? Signature, int? Status);
