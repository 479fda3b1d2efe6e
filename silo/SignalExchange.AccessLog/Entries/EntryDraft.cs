using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Entries;

/// <summary>An entry that is being made: its salt and key stand from the beginning, so that digests and pseudonyms can be.</summary>
/// <remarks>
/// Made by <see cref="Writing.LogWriter.Begin"/>, when a call begins, and appended once, when it is answered. A call that goes on
/// into the next month stays in the period in which it began. Not safe from two threads at a time.
/// </remarks>
public sealed class EntryDraft
{
    private const uint BegunStatus = 2; // google.rpc.Code.UNKNOWN

    private readonly DetailKey _key;

    internal EntryDraft(DetailKey key, AccessLogDetail? detail = null)
    {
        _key = key;
        Detail = detail ?? new AccessLogDetail();
        if (Detail.Salt.IsEmpty)
        {
            Span<byte> salt = stackalloc byte[DetailSealer.SaltSize];
            RandomNumberGenerator.Fill(salt);
            Detail.Salt = ByteString.CopyFrom(salt);
        }
    }

    /// <summary>Gets how long the detail is kept.</summary>
    public LogRetention Retention => _key.Name.Retention;

    /// <summary>Gets the period whose key seals the detail and makes its pseudonyms.</summary>
    public LogPeriod Period => _key.Name.Period;

    /// <summary>Gets what the entry will say. Fill it in; leave the salt as it is.</summary>
    public AccessLogDetail Detail { get; }

    /// <summary>Gets or sets when the call began, by the host's monotonic clock, for who measures. No part of the entry.</summary>
    public long BegunAt { get; set; }

    /// <summary>States what was asked about: SHA-256 of the salt and the sorted tokens.</summary>
    /// <param name="packedTokens">The tokens, end to end, in any order; none sets the digest of an empty question.</param>
    public void SetAsked(ReadOnlySpan<byte> packedTokens) =>
        Detail.AskedDigest = SaltedDigest(packedTokens.Length, packedTokens, PackedTokens.CopySorted);

    /// <summary>States what was answered: SHA-256 of the salt and the answer's bytes.</summary>
    public void SetAnswer(IMessage answer) =>
        Detail.AnswerDigest = SaltedDigest(
            answer.CalculateSize(),
            answer,
            static (message, bytes) => message.WriteTo(bytes)
        );

    /// <summary>Names indicators that were hit, submitted or withdrawn, in the period's pseudonyms. Replaces those before.</summary>
    public void SetPseudonyms(ReadOnlySpan<Token> tokens)
    {
        var packed = new byte[tokens.Length * DetailKey.PseudonymSize];
        for (var i = 0; i < tokens.Length; i++)
        {
            _key.Pseudonymise(tokens[i], packed.AsSpan(i * DetailKey.PseudonymSize));
        }

        Detail.Pseudonyms = UnsafeByteOperations.UnsafeWrap(packed);
    }

    /// <summary>Returns what stands for an address within the period, for <see cref="LogActor.SourcePseudonym"/>.</summary>
    /// <param name="address">The address's bytes, 4 or 16.</param>
    public ByteString PseudonymOfAddress(ReadOnlySpan<byte> address)
    {
        // Behind a length that no token has, so that no address stands for a token.
        Span<byte> source = stackalloc byte[sizeof(int) + 16];
        BinaryPrimitives.WriteInt32BigEndian(source, address.Length);
        address.CopyTo(source[sizeof(int)..]);
        Span<byte> pseudonym = stackalloc byte[DetailKey.PseudonymSize];
        _key.Pseudonymise(source[..(sizeof(int) + address.Length)], pseudonym);
        return ByteString.CopyFrom(pseudonym);
    }

    /// <summary>Returns a draft that says of the same call, as far as it is known, that it is about to be done.</summary>
    /// <remarks>With the same salt, so that the digests of both are the same: what was asked is what was begun.</remarks>
    public EntryDraft Begun()
    {
        var detail = Detail.Clone();
        (detail.IsBegun, detail.StatusCode) = (true, BegunStatus);
        return new(_key, detail);
    }

    /// <summary>Returns the period and the retention, never what the entry says.</summary>
    public override string ToString() => $"draft of {_key.Name}";

    internal SealedEntry Seal() => DetailSealer.Seal(Detail, _key);

    // One hash over one buffer: a call into the library for each piece costs more than the pieces.
    private ByteString SaltedDigest<T>(int size, T content, Action<T, Span<byte>> write)
        where T : allows ref struct
    {
        var buffer = ArrayPool<byte>.Shared.Rent(DetailSealer.SaltSize + size);
        var bytes = buffer.AsSpan(0, DetailSealer.SaltSize + size);
        try
        {
            Detail.Salt.Span.CopyTo(bytes);
            write(content, bytes[DetailSealer.SaltSize..]);
            return UnsafeByteOperations.UnsafeWrap(SHA256.HashData(bytes));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
