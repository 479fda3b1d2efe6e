using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Handles;

namespace SignalExchange.Tokens.Canonical;

/// <summary>Accounts by the name that people see: <c>platform:handle</c>, the handle folded by <see cref="Unicode.HandleFolding"/>.</summary>
/// <remarks>
/// A slug holds no colon, so the first one ends the namespace and no two pairs share a form. For names, which platforms
/// give once whatever their case, not for numeric or case-sensitive ids: those go into an account fingerprint.
/// </remarks>
internal static class AccountHandleCanonicalForm
{
    /// <summary>Returns the account's identifier.</summary>
    public static IdentifierResult Make(string platform, string handle)
    {
        var problem = NamespaceSlug.Read(platform, Platforms.Aliases, out var slug);
        if (problem is not CanonicalProblem.None)
        {
            return IdentifierResult.Refuse(problem);
        }

        problem = RawText.Read(handle, HandleText.MaxLength, out var text);
        if (problem is not CanonicalProblem.None)
        {
            return IdentifierResult.Refuse(problem);
        }

        return HandleText.TryFold(text, "@", out var folded)
            ? IdentifierResult.Accept(IndicatorType.AccountHandle, Encoding.UTF8.GetBytes($"{slug}:{folded}"))
            : IdentifierResult.Refuse(CanonicalProblem.HandleMalformed);
    }
}
