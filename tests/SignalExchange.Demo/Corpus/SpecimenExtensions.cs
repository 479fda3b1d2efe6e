using SignalExchange.Tokens;

namespace SignalExchange.Demo.Corpus;

/// <summary>Reads specimens as a platform does.</summary>
internal static class SpecimenExtensions
{
    /// <summary>Reads one of the spellings.</summary>
    /// <exception cref="IdentifierRefusedException">It is refused, which the demo counts as a failure.</exception>
    public static Identifier Read(this Specimen specimen, int spelling) =>
        Identifier
            .Parse(
                specimen.Type,
                specimen.Spellings[spelling % specimen.Spellings.Count],
                specimen.Namespace,
                specimen.Region
            )
            .GetOrThrow();
}
