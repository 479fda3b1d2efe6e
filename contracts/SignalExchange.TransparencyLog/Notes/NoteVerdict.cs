namespace SignalExchange.TransparencyLog.Notes;

/// <summary>What the trusted signatures of a note say.</summary>
/// <param name="Valid">Those that are right, one a key.</param>
/// <param name="Forged">A trusted key whose signature is wrong: the note is worth nothing. Null if there is none.</param>
public sealed record NoteVerdict(IReadOnlyList<VerifiedSignature> Valid, VerifierKey? Forged)
{
    /// <summary>Gets a value indicating whether somebody who is trusted signed, and nobody's signature is wrong.</summary>
    public bool IsSigned => Forged is null && Valid.Count > 0;
}
