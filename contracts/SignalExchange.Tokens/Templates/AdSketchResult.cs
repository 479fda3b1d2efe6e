using System.Diagnostics.CodeAnalysis;

namespace SignalExchange.Tokens.Templates;

/// <summary>What a text became: a sketch, or the reason why it has none.</summary>
/// <remarks>Immutable; safe from any thread. Prints whether it is a sketch, or the problem, never content.</remarks>
public sealed class AdSketchResult
{
    private AdSketchResult(AdSketch? sketch, AdRefusal? refusal)
    {
        Sketch = sketch;
        Refusal = refusal;
    }

    /// <summary>Gets the sketch; null if it was refused.</summary>
    public AdSketch? Sketch { get; }

    /// <summary>Gets why it was refused; null if it was accepted.</summary>
    public AdRefusal? Refusal { get; }

    /// <summary>Gets whether there is a sketch.</summary>
    [MemberNotNullWhen(true, nameof(Sketch))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsAccepted => Sketch is not null;

    /// <summary>Returns the sketch.</summary>
    /// <exception cref="AdRefusedException">The text has no sketch.</exception>
    public AdSketch GetOrThrow() => IsAccepted ? Sketch : throw new AdRefusedException(Refusal.Value);

    /// <summary>Returns <c>ad-sketch</c>, or <c>refused:</c> and the problem.</summary>
    public override string ToString() => IsAccepted ? Sketch.ToString() : $"refused:{Refusal.Value.Code}";

    internal static AdSketchResult Accept(AdSketch sketch) => new(sketch, null);

    internal static AdSketchResult Refuse(AdProblem problem) => new(null, new AdRefusal(problem));
}
