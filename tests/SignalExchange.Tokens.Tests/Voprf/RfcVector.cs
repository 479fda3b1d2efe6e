namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>One batch of the official vectors; several values of one field stand with commas between them.</summary>
public sealed record RfcVector(
    int Batch,
    string Blind,
    string BlindedElement,
    string EvaluationElement,
    string Input,
    string Output,
    RfcProof? Proof
)
{
    internal static byte[][] Split(string field) => [.. field.Split(',').Select(Convert.FromHexString)];

    internal static byte[] Pack(string field) =>
        Convert.FromHexString(field.Replace(",", "", StringComparison.Ordinal));
}
