using System.Buffers.Text;
using System.Text;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;

namespace SignalExchange.Silo.Members;

/// <summary>Pages of an ordered listing. A token holds the key of the last item shown, in a form that is not to be relied on.</summary>
/// <remarks>
/// A key need not be there any more when its page is asked for: the listing goes on behind where it was. A page ends before it has as many items
/// as were asked for where they are large: its message stays below <see cref="Limits.MaxMessageBytes"/>.
/// </remarks>
internal static class PageTokens
{
    /// <summary>How many bytes of items a page has at most, unless its only item has more; half a message, so that what goes with them has room.</summary>
    public const int MaxPageBytes = Limits.MaxMessageBytes / 2;

    /// <summary>Takes a page.</summary>
    /// <param name="items">All items, in the ordinal order of their keys.</param>
    /// <param name="keyOf">An item's key: printable ASCII.</param>
    /// <param name="listing">The listing's name; a token of another one is refused.</param>
    /// <param name="size">How many were asked for; 0 for the default.</param>
    /// <param name="token">The token of the page before; empty for the first.</param>
    /// <returns>The page, at least one item if there is one more, and the token for the next one; empty on the last.</returns>
    /// <exception cref="Grpc.Core.RpcException">Too many were asked for, or the token is not of this listing.</exception>
    public static (IReadOnlyList<T> Page, string Next) Page<T>(
        IReadOnlyList<T> items,
        Func<T, string> keyOf,
        string listing,
        uint size,
        string token
    )
        where T : IMessage
    {
        if (size > Limits.MaxPageSize)
        {
            throw new Refusal(ErrorReason.TooMany, "page_size", Limits.MaxPageSize, size).ToRpcException();
        }

        var after =
            Read(listing, token) ?? throw new Refusal(ErrorReason.PageTokenInvalid, "page_token").ToRpcException();
        var rest = items.SkipWhile(item => string.CompareOrdinal(keyOf(item), after) <= 0);
        var wanted = size == 0 ? Limits.DefaultPageSize : (int)size;
        var some = rest.Take(wanted + 1).ToList();
        var page = some.GetRange(0, Fitting(some.Take(wanted)));
        return (page, page.Count == some.Count ? "" : Write(listing, keyOf(page[^1])));
    }

    private static int Fitting<T>(IEnumerable<T> items)
        where T : IMessage
    {
        var (count, bytes) = (0, 0);
        foreach (var item in items)
        {
            bytes += item.CalculateSize();
            if (count > 0 && bytes > MaxPageBytes)
            {
                break;
            }

            count++;
        }

        return count;
    }

    private static string Write(string listing, string key) =>
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{listing}-1:{key}"));

    /// <summary>The key that a token holds; empty for the first page, null for a token of another listing.</summary>
    private static string? Read(string listing, string token)
    {
        if (token.Length == 0)
        {
            return "";
        }

        var text = Base64Url.IsValid(token) ? Encoding.ASCII.GetString(Base64Url.DecodeFromChars(token)) : "";
        var prefix = $"{listing}-1:";
        return text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal)
            ? text[prefix.Length..]
            : null;
    }
}
