namespace SignalExchange.Storage;

/// <summary>What a change says of a template: the sketches by which it is found from now on.</summary>
/// <param name="RegisteredAt">When the template was registered first, or again after nothing of it had been live.</param>
/// <param name="Owner">The member that registered the sketches.</param>
/// <param name="FirstSketch">The number of the first of the sketches within the template, from 0.</param>
/// <param name="Sketches">
/// Each <see cref="SketchSize"/> bytes: the first <see cref="BandSize"/> bytes of each band's token, in the order of the bands. May
/// state again what an earlier change did.
/// </param>
public sealed record TemplateChange(
    DateTimeOffset RegisteredAt,
    string Owner,
    int FirstSketch,
    IReadOnlyList<ReadOnlyMemory<byte>> Sketches
)
{
    /// <summary>How many bytes of a band's token are kept.</summary>
    public const int BandSize = 16;

    /// <summary>The bytes of a sketch.</summary>
    public const int SketchSize = Contracts.Limits.BandsPerAd * BandSize;
}
