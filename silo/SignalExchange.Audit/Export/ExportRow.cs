using Google.Protobuf;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Export;

/// <summary>An entry in columns. Names are the contract's; bytes are lower-case hexadecimal; what is absent is empty or null.</summary>
internal sealed record ExportRow(
    long Index,
    DateTime Time,
    string Retention,
    string State,
    string ActorKind,
    string MemberId,
    string KeyThumbprint,
    string Role,
    string Method,
    string Purpose,
    string RequestId,
    int? StatusCode,
    string Reason,
    long? Asked,
    long? Hits,
    long? Refused,
    string Audiences,
    string Pseudonyms,
    string SubjectMemberId,
    string CaseId,
    bool? IsBegun,
    long? BegunIndex
)
{
    private static readonly AccessLogDetail Nothing = new();

    /// <summary>Returns the entry's row.</summary>
    public static ExportRow Of(LoggedEntry logged)
    {
        var detail = logged.Detail ?? Nothing;
        var actor = detail.Actor ?? new();
        return new(
            logged.Index,
            DateTimeOffset.FromUnixTimeMilliseconds(EntryTime.Of(logged.Entry)).UtcDateTime,
            ContractNames.Of(logged.Entry.Retention),
            ContractNames.Of(EntryStates.Of(logged.State)),
            ContractNames.Of(actor.Kind),
            actor.MemberId,
            actor.KeyThumbprint,
            ContractNames.Of(actor.Role),
            detail.Method,
            ContractNames.Of(detail.Purpose),
            Hex(detail.RequestId),
            logged.Detail is null ? null : (int)detail.StatusCode,
            ContractNames.Of(detail.Reason),
            logged.Detail is null ? null : detail.Asked,
            logged.Detail is null ? null : detail.Hits,
            logged.Detail is null ? null : detail.Refused,
            string.Join(' ', detail.Audiences),
            string.Join(' ', detail.Pseudonyms.Chunk(SignalId.Size).Select(it => Convert.ToHexStringLower(it))),
            detail.SubjectMemberId,
            Hex(detail.CaseId),
            logged.Detail?.IsBegun,
            detail.HasBegunIndex ? (long)detail.BegunIndex : null
        );
    }

    /// <summary>Returns the index, never what the entry says.</summary>
    public override string ToString() => $"row of entry {Index}";

    private static string Hex(ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
