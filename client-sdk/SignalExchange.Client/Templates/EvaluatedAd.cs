using SignalExchange.Tokens;

namespace SignalExchange.Client.Templates;

/// <summary>What the bands of an ad became under one key, packed.</summary>
/// <param name="Elements">Their elements: what a registration carries.</param>
/// <param name="BandTokens">Their tokens: what a question carries.</param>
internal sealed record EvaluatedAd(byte[] Elements, byte[] BandTokens)
{
    public static EvaluatedAd Of(IReadOnlyCollection<EvaluatedIdentifier> bands) =>
        new([.. bands.SelectMany(band => band.Element.ToArray())], [.. bands.SelectMany(band => band.Token.ToArray())]);

    /// <summary>Returns nothing of it.</summary>
    public override string ToString() => "evaluated-ad";
}
