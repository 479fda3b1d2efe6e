using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Search;

/// <summary>Which filters are refused.</summary>
internal static class FilterRules
{
    private const uint GreatestStatus = 16; // google.rpc.Code.UNAUTHENTICATED

    /// <summary>Finds what is wrong with a filter.</summary>
    /// <returns>The refusal, its path beginning at the filter; null if all is well.</returns>
    public static Refusal? Check(EntryFilter filter) =>
        MessageForms.Check(filter) ?? CheckRanges(filter) ?? CheckContradictions(filter);

    /// <summary>Finds what is wrong with packed pseudonyms.</summary>
    public static Refusal? CheckPseudonyms(Google.Protobuf.ByteString packed) =>
        packed.Length / SignalId.Size > Limits.MaxFilterPseudonyms
            ? new(ErrorReason.TooMany, "pseudonyms", Limits.MaxFilterPseudonyms, packed.Length / SignalId.Size)
            : null;

    private static Refusal? CheckRanges(EntryFilter filter) =>
        filter.StatusCode > GreatestStatus
            ? new(ErrorReason.OutOfRange, "status_code", GreatestStatus, filter.StatusCode)
            : CheckPseudonyms(filter.Pseudonyms);

    private static Refusal? CheckContradictions(EntryFilter filter)
    {
        var isAnswered = filter.Outcome == EntryOutcome.Answered;
        var isBegun = filter.Outcome == EntryOutcome.Begun;
        var isRefused = isBegun || filter.Outcome == EntryOutcome.Refused || filter.Reason != ErrorReason.Unspecified;
        return filter switch
        {
            { From: { } from, Until: { } until } when until <= from => Contradiction("until"),
            { HasStatusCode: true, StatusCode: 0 } when isRefused => Contradiction("status_code"),
            { HasStatusCode: true, StatusCode: > 0 } when isAnswered => Contradiction("status_code"),
            { Reason: not ErrorReason.Unspecified } when isAnswered || isBegun => Contradiction("reason"),
            _ => null,
        };
    }

    private static Refusal Contradiction(string field) => new(ErrorReason.AuditFilterInvalid, field);
}
