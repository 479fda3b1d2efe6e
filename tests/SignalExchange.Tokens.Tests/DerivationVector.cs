using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Tokens.Tests.Voprf;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Tokens.Tests;

/// <summary>One golden derivation: from a canonical form to a token under a key of a known seed.</summary>
public sealed record DerivationVector(
    string Type,
    uint Epoch,
    string KeyInfo,
    string PublicKey,
    string KeyId,
    string Canonical,
    string Input,
    string Element,
    string Token
)
{
    internal static DerivationFile Golden { get; } = VectorFile.Read<DerivationFile>("derivation.json");

    internal VoprfKey Key() =>
        VoprfKey.Derive(Convert.FromHexString(Golden.Seed), System.Text.Encoding.UTF8.GetBytes(KeyInfo));

    internal Identifier Identifier()
    {
        Assert.True(IndicatorTypes.TryParse(Type, out var type));
        return new Identifier(type, System.Text.Encoding.UTF8.GetBytes(Canonical));
    }
}
