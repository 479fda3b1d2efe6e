using System.Text;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens.Canonical.Domains;
using SignalExchange.Tokens.Canonical.Emails;

namespace SignalExchange.Tokens.Canonical;

/// <summary>E-mail addresses: <c>local@domain</c>, the local part case-folded, the domain as A-labels in lower case.</summary>
/// <remarks>
/// RFC 5321 2.4 lets a host tell <c>Bob</c> from <c>bob</c>; no provider that people sign up with does. What else a
/// provider ignores stands in <see cref="EmailProviders"/>. Quoted local parts and comments are refused: nobody is given
/// such an address, and parsers disagree about them.
/// </remarks>
internal static class EmailCanonicalForm
{
    /// <summary>The longest text that is looked at: an address of 320 bytes with a name before it.</summary>
    public const int MaxLength = 512;

    /// <summary>Returns the address's identifier.</summary>
    public static IdentifierResult Make(string raw)
    {
        var problem = Read(raw, out var address);
        return problem is CanonicalProblem.None
            ? IdentifierResult.Accept(IndicatorType.Email, Encoding.UTF8.GetBytes(address))
            : IdentifierResult.Refuse(problem);
    }

    private static CanonicalProblem Read(string raw, out string address)
    {
        address = "";
        var problem = RawText.Read(raw, MaxLength, out var text);
        if (problem is not CanonicalProblem.None)
        {
            return problem;
        }

        problem = EmailText.Split(text, out var local, out var domain);
        if (problem is not CanonicalProblem.None)
        {
            return problem;
        }

        problem = DomainName.Read(domain, allowUnderscore: false, out domain);
        if (problem is not CanonicalProblem.None)
        {
            return problem;
        }

        if (!LocalPart.TryFold(local, out local))
        {
            return CanonicalProblem.EmailLocalPartNotAllowed;
        }

        (local, domain) = EmailProviders.Reduce(local, domain);
        address = $"{local}@{domain}";
        return local.Length > 0 ? CanonicalProblem.None : CanonicalProblem.EmailLocalPartNotAllowed;
    }
}
