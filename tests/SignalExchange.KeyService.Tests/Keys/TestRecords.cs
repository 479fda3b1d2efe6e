using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Keys;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Tests.Keys;

/// <summary>Makes records with keys of their own.</summary>
internal static class TestRecords
{
    internal static readonly DateTimeOffset Begin = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    internal static KeyRecord InForce(IndicatorType type, uint epoch) =>
        Of(type, epoch, KeyTerm.InForce(Begin, TimeSpan.FromDays(90)));

    internal static KeyRecord Of(IndicatorType type, uint epoch, KeyTerm term)
    {
        var key = VoprfKey.Generate();
        return new(KeyCommitment.To(type, epoch, key.PublicKey), "canon-1", term, key);
    }
}
