using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Google.Protobuf;

namespace SignalExchange.Audit.Search;

/// <summary>Page tokens: where the page ended, bound to everything else that the request asks for.</summary>
/// <remarks>
/// Position (8 bytes, big-endian), then 16 bytes of HMAC-SHA-256 over the listing's name, the request without page size and token, and
/// the position; base64url. A token that was changed, or belongs to another filter, order or listing, is none.
/// </remarks>
internal sealed class PageTokens(PageTokenKey key)
{
    private const int TagSize = 16;

    /// <summary>Returns the token for the page after a position.</summary>
    /// <param name="request">The request; its page size and token don't count.</param>
    /// <param name="position">Where its page ended.</param>
    public string After(IMessage request, long position)
    {
        Span<byte> token = stackalloc byte[sizeof(long) + TagSize];
        BinaryPrimitives.WriteInt64BigEndian(token, position);
        Tag(request, token[..sizeof(long)]).CopyTo(token[sizeof(long)..]);
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Reads a token.</summary>
    /// <param name="request">The request that it came with.</param>
    /// <param name="token">The token; empty for the first page.</param>
    /// <param name="position">Where the last page ended; null for the first page.</param>
    /// <returns>Whether it was made for this request.</returns>
    public bool TryRead(IMessage request, string token, out long? position)
    {
        position = null;
        if (token.Length == 0)
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[sizeof(long) + TagSize];
        if (
            !Base64Url.TryDecodeFromChars(token, bytes, out var length)
            || length != bytes.Length
            || Base64Url.EncodeToString(bytes) != token
            || !CryptographicOperations.FixedTimeEquals(Tag(request, bytes[..sizeof(long)]), bytes[sizeof(long)..])
        )
        {
            return false;
        }

        position = BinaryPrimitives.ReadInt64BigEndian(bytes);
        return true;
    }

    private ReadOnlySpan<byte> Tag(IMessage request, ReadOnlySpan<byte> position)
    {
        var asked = request.Descriptor.Parser.ParseFrom(request.ToByteArray());
        asked.Descriptor.FindFieldByName("page_size").Accessor.Clear(asked);
        asked.Descriptor.FindFieldByName("page_token").Accessor.Clear(asked);
        return key.Authenticate([
                .. System.Text.Encoding.ASCII.GetBytes(request.Descriptor.FullName),
                0,
                .. position,
                .. asked.ToByteArray(),
            ])
            .AsSpan(0, TagSize);
    }
}
