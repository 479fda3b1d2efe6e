using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Receipts;

/// <summary>Makes receipts of answers, by the digests that the exchange's entries state.</summary>
internal sealed class ReceiptRecorder(IReceiptSink sink, TimeProvider clock)
{
    private const string Trailer = "signalexchange-receipt-bin";

    /// <summary>Keeps the receipt of a unary call; there is none from an exchange that records nothing.</summary>
    /// <param name="method">The full name.</param>
    /// <param name="tokens">What was asked about; null where nothing is.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="trailers">The call's trailers.</param>
    public void Record(string method, ByteString? tokens, IMessage answer, Metadata trailers)
    {
        if (trailers.GetValueBytes(Trailer) is { } bytes)
        {
            Record(method, tokens, answer, AccessLogReceipt.Parser.ParseFrom(bytes));
        }
    }

    /// <summary>Keeps the receipt of a batch of a stream.</summary>
    public void Record(string method, ByteString? tokens, IMessage answer, AccessLogReceipt? receipt)
    {
        if (receipt is null)
        {
            return;
        }

        sink.Record(
            new()
            {
                Origin = receipt.Origin,
                Index = (long)receipt.Index,
                Method = method,
                AnsweredAt = clock.GetUtcNow(),
                Salt = receipt.Salt.ToByteArray(),
                AskedDigest = tokens is null ? default : Digest(receipt.Salt, Sorted(tokens)),
                AnswerDigest = Digest(receipt.Salt, answer.ToByteArray()),
            }
        );
    }

    private static byte[] Digest(ByteString salt, ReadOnlySpan<byte> content)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(salt.Span);
        hash.AppendData(content);
        return hash.GetHashAndReset();
    }

    private static byte[] Sorted(ByteString packed)
    {
        var tokens = new Token[packed.Length / Token.Size];
        for (var place = 0; place < tokens.Length; place++)
        {
            tokens[place] = new(packed.Span.Slice(place * Token.Size, Token.Size));
        }

        Array.Sort(tokens);
        var sorted = new byte[packed.Length];
        for (var place = 0; place < tokens.Length; place++)
        {
            tokens[place].CopyTo(sorted.AsSpan(place * Token.Size));
        }

        return sorted;
    }
}
