using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Handles;
using SignalExchange.Tokens.Canonical.Wallets;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Wallets: <c>chain:address</c>, the address in its chain's one spelling, its checksum verified where it has one.</summary>
/// <remarks>
/// An address is taken as the name of a wallet. Two kinds of address of one key (legacy and segwit) stay two identifiers:
/// nobody but the owner can tell that they belong together.
/// </remarks>
internal static class CryptoWalletCanonicalForm
{
    /// <summary>The longest text that is looked at: the longest address has 106 characters, and a link carries more.</summary>
    public const int MaxLength = 256;

    /// <summary>Returns the wallet's identifier.</summary>
    public static IdentifierResult Make(string chain, string address)
    {
        var problem = NamespaceSlug.Read(chain, Chains.Aliases, out var slug);
        if (problem is not CanonicalProblem.None)
        {
            return IdentifierResult.Refuse(problem);
        }

        if (!Chains.Rules.TryGetValue(slug, out var rule))
        {
            return IdentifierResult.Refuse(CanonicalProblem.ChainUnknown);
        }

        problem = RawText.Read(address, MaxLength, out var text);
        if (problem is CanonicalProblem.None)
        {
            problem = Ascii.IsValid(text)
                ? rule(WalletUri.Read(slug, text), out text)
                : CanonicalProblem.WalletMalformed;
        }

        return problem is CanonicalProblem.None
            ? IdentifierResult.Accept(IndicatorType.CryptoWallet, Encoding.ASCII.GetBytes($"{slug}:{text}"))
            : IdentifierResult.Refuse(problem);
    }
}
