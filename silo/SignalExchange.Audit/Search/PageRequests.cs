using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>What all listings ask of a request: its form, its page size, its token.</summary>
internal static class PageRequests
{
    /// <summary>Reads a request's page.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="request">The request.</param>
    /// <param name="size">Its page size; 0 means the default.</param>
    /// <param name="token">Its page token.</param>
    /// <param name="page">Gets the page.</param>
    /// <returns>What is wrong with it; null if all is well.</returns>
    public static Refusal? Read(PageTokens tokens, IMessage request, uint size, string token, out AuditPage page)
    {
        page = default;
        if (MessageForms.Check(request) is { } malformed)
        {
            return malformed;
        }

        if (size > Limits.MaxAuditPageSize)
        {
            return new(ErrorReason.OutOfRange, "page_size", Limits.MaxAuditPageSize, size);
        }

        if (!tokens.TryRead(request, token, out var after))
        {
            return new(ErrorReason.PageTokenInvalid, "page_token");
        }

        page = new(after, size == 0 ? Limits.DefaultPageSize : (int)size);
        return null;
    }
}
