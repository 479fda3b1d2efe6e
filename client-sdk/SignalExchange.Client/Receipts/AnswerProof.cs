using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using SignalExchange.Contracts.V1;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;

namespace SignalExchange.Client.Receipts;

/// <summary>What proves to anybody, without the exchange, what was asked and answered, by whom and when.</summary>
/// <param name="Receipt">What the caller kept.</param>
/// <param name="Proof">That the entry is in the log.</param>
/// <param name="Detail">The entry's detail: bytes of an <see cref="AccessLogDetail"/>.</param>
/// <remarks>Immutable. Whoever holds the answer's bytes shows that they are the ones by <see cref="IsAnswer"/>.</remarks>
public sealed record AnswerProof(AnswerReceipt Receipt, LogProof Proof, ReadOnlyMemory<byte> Detail)
{
    private static ReadOnlySpan<byte> DetailPrefix => "signalexchange access-log detail 1\0"u8;

    /// <summary>Verifies the proof; needs no network.</summary>
    /// <param name="policy">Whose checkpoints are believed.</param>
    /// <returns>What is wrong, if anything.</returns>
    public AnswerProblem Verify(CheckpointPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var verdict = Proof.Verify(policy);
        return !verdict.IsIncluded ? AnswerProblem.NotInLog
            : !verdict.IsProven ? AnswerProblem.CheckpointNotTrusted
            : Proof.Index != Receipt.Index || verdict.Checkpoint.Checkpoint.Origin != Receipt.Origin
                ? AnswerProblem.OtherEntry
            : ReadDetail() is not { } detail ? AnswerProblem.DetailAltered
            : !detail.AskedDigest.Span.SequenceEqual(Receipt.AskedDigest.Span) ? AnswerProblem.OtherQuestion
            : !detail.AnswerDigest.Span.SequenceEqual(Receipt.AnswerDigest.Span) ? AnswerProblem.OtherAnswer
            : AnswerProblem.None;
    }

    /// <summary>Whether these are the bytes of the answer that the receipt is of.</summary>
    /// <param name="answer">The message, as protobuf writes it.</param>
    public bool IsAnswer(ReadOnlySpan<byte> answer)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Receipt.Salt.Span);
        hash.AppendData(answer);
        return hash.GetHashAndReset().AsSpan().SequenceEqual(Receipt.AnswerDigest.Span);
    }

    /// <summary>Returns what the entry says, if it is what the log holds.</summary>
    /// <returns>Null when it is not the one that the entry states.</returns>
    public AccessLogDetail? ReadDetail()
    {
        try
        {
            var entry = AccessLogEntry.Parser.ParseFrom(Proof.Entry.Span);
            var digest = SHA256.HashData([.. DetailPrefix, .. Detail.Span]);
            return entry.DetailDigest.Span.SequenceEqual(digest) ? AccessLogDetail.Parser.ParseFrom(Detail.Span) : null;
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }

    /// <summary>Reads a proof.</summary>
    /// <param name="json">What <see cref="ToJson"/> returned.</param>
    /// <exception cref="FormatException">It is none; the message says why.</exception>
    public static AnswerProof Parse(string json)
    {
        try
        {
            var node = JsonNode.Parse(json)?.AsObject();
            return node?["receipt"] is { } receipt && node["proof"] is { } proof && node["detail"] is { } detail
                ? new(
                    AnswerReceipt.Parse(receipt.ToJsonString()),
                    LogProof.Parse(Encoding.UTF8.GetBytes(proof.GetValue<string>())),
                    Convert.FromBase64String(detail.GetValue<string>())
                )
                : throw new FormatException("A proof of an answer has receipt, proof and detail.");
        }
        catch (Exception exception) when (exception is System.Text.Json.JsonException or InvalidOperationException)
        {
            throw new FormatException("This is no proof of an answer in JSON.", exception);
        }
    }

    /// <summary>Returns the proof as JSON: the receipt, the C2SP tlog-proof as text, the detail in base64.</summary>
    public string ToJson() =>
        new JsonObject
        {
            ["receipt"] = JsonNode.Parse(Receipt.ToJson()),
            ["proof"] = Encoding.UTF8.GetString(Proof.ToBytes()),
            ["detail"] = Convert.ToBase64String(Detail.Span),
        }.ToJsonString();
}
