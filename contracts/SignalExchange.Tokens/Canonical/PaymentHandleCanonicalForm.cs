using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Handles;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Handles of payment services: <c>provider:handle</c>, without sigil or link, folded as account handles are.</summary>
/// <remarks>
/// Where a provider takes an e-mail address or a telephone number in place of a handle, that is the identifier: it is
/// refused here, so that one address does not become two indicators.
/// </remarks>
internal static class PaymentHandleCanonicalForm
{
    // $cashtag, £cashtag, @venmo. Folding has made signs of other widths plain before they are looked for.
    private const string Sigils = "@$£€";

    /// <summary>Returns the handle's identifier.</summary>
    public static IdentifierResult Make(string provider, string handle)
    {
        var problem = NamespaceSlug.Read(provider, PaymentProviders.Aliases, out var slug);
        if (problem is CanonicalProblem.None)
        {
            problem = RawText.Read(handle, HandleText.MaxLength, out handle);
        }

        // Again, because a link can hide anything behind percent signs.
        if (problem is CanonicalProblem.None)
        {
            problem = RawText.Read(PaymentProviders.Unlink(slug, handle), HandleText.MaxLength, out handle);
        }

        if (problem is not CanonicalProblem.None)
        {
            return IdentifierResult.Refuse(problem);
        }

        if (!HandleText.TryFold(handle, Sigils, out var folded))
        {
            return IdentifierResult.Refuse(CanonicalProblem.HandleMalformed);
        }

        return IsAddressOrNumber(folded)
            ? IdentifierResult.Refuse(CanonicalProblem.HandleIsAddress)
            : IdentifierResult.Accept(IndicatorType.PaymentHandle, Encoding.UTF8.GetBytes($"{slug}:{folded}"));
    }

    private static bool IsAddressOrNumber(string folded) =>
        folded.Contains('@', StringComparison.Ordinal) || (folded[0] == '+' && folded.Skip(1).All(char.IsAsciiDigit));
}
