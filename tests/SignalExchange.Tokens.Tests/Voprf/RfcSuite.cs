namespace SignalExchange.Tokens.Tests.Voprf;

/// <summary>One mode of the official vectors, as the RFC's authors publish them.</summary>
public sealed record RfcSuite(
    byte Mode,
    string Seed,
    string KeyInfo,
    string SkSm,
    string? PkSm,
    IReadOnlyList<RfcVector> Vectors
)
{
    internal static IReadOnlyList<RfcSuite> All { get; } =
        VectorFile.Read<RfcSuite[]>("rfc9497-ristretto255-sha512.json");
}
