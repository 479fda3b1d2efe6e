namespace SignalExchange.Contracts.Templates;

/// <summary>How far a template may grow, as an exchange has set it.</summary>
/// <param name="MaxSketches">How many sketches a template may have, its first included; 1 to 16.</param>
/// <param name="MaxSketchesADay">How many may join within 24 hours.</param>
/// <param name="MaxGeneration">How many steps a sketch may be away from the template's first.</param>
/// <remarks>Immutable; safe from any thread.</remarks>
public sealed record GrowthLimits(int MaxSketches, int MaxSketchesADay, int MaxGeneration)
{
    /// <summary>What an exchange has that sets nothing.</summary>
    public static readonly GrowthLimits Default = new(16, 4, 2);
}
