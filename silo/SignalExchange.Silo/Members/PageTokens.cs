using System.Buffers.Text;
using System.Text;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Members;

/// <summary>Page tokens of the listing of members: the id of the last member shown, in a form that is not to be relied on.</summary>
internal static class PageTokens
{
    private const string Prefix = "members-1:";

    /// <summary>Returns the token for the page after the given member.</summary>
    public static string After(string memberId) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Prefix + memberId));

    /// <summary>Reads a token.</summary>
    /// <param name="token">The token; empty for the first page.</param>
    /// <param name="memberId">The last member shown; empty for the first page.</param>
    /// <returns>Whether it is a token of this listing.</returns>
    public static bool TryRead(string token, out string memberId)
    {
        memberId = "";
        if (token.Length == 0)
        {
            return true;
        }

        if (!Base64Url.IsValid(token))
        {
            return false;
        }

        var text = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token));
        memberId = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : "";
        return FieldFormats.Fits(FieldFormat.Slug, memberId);
    }
}
