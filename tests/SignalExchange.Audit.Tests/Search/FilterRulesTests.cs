using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Search;

/// <summary>Filters that could match nothing, or are too large, are refused with the field at fault.</summary>
public sealed class FilterRulesTests
{
    private static readonly Timestamp Noon = Timestamp.FromDateTimeOffset(TestDetails.Noon);

    [Fact]
    public void Until_must_be_after_from() =>
        Refuses(new() { From = Noon, Until = Noon }, new(ErrorReason.AuditFilterInvalid, "until"));

    [Fact]
    public void A_moment_is_enough() => Takes(new() { From = Noon, Until = Noon + new Duration { Nanos = 1 } });

    [Fact]
    public void An_answered_call_has_no_other_status() =>
        Refuses(
            new() { Outcome = EntryOutcome.Answered, StatusCode = 3 },
            new(ErrorReason.AuditFilterInvalid, "status_code")
        );

    [Fact]
    public void A_refused_call_has_another_status_than_zero() =>
        Refuses(
            new() { Outcome = EntryOutcome.Refused, StatusCode = 0 },
            new(ErrorReason.AuditFilterInvalid, "status_code")
        );

    [Fact]
    public void An_answered_call_has_no_reason() =>
        Refuses(
            new() { Outcome = EntryOutcome.Answered, Reason = ErrorReason.TooMany },
            new(ErrorReason.AuditFilterInvalid, "reason")
        );

    [Fact]
    public void What_was_only_begun_was_neither_answered_nor_refused()
    {
        Takes(new() { Outcome = EntryOutcome.Begun, StatusCode = 2 });
        Refuses(
            new() { Outcome = EntryOutcome.Begun, StatusCode = 0 },
            new(ErrorReason.AuditFilterInvalid, "status_code")
        );
        Refuses(
            new() { Outcome = EntryOutcome.Begun, Reason = ErrorReason.TooMany },
            new(ErrorReason.AuditFilterInvalid, "reason")
        );
    }

    [Fact]
    public void A_refused_call_has_a_status_and_a_reason() =>
        Takes(
            new()
            {
                Outcome = EntryOutcome.Refused,
                StatusCode = 3,
                Reason = ErrorReason.TooMany,
            }
        );

    [Fact]
    public void A_status_is_one_that_exists()
    {
        Takes(new() { StatusCode = 16 });
        Refuses(new() { StatusCode = 17 }, new(ErrorReason.OutOfRange, "status_code", 16, 17));
    }

    [Fact]
    public void Sixty_four_pseudonyms_are_the_most()
    {
        Takes(new() { Pseudonyms = ByteString.CopyFrom(new byte[64 * 16]) });
        Refuses(
            new() { Pseudonyms = ByteString.CopyFrom(new byte[65 * 16]) },
            new(ErrorReason.TooMany, "pseudonyms", 64, 65)
        );
    }

    [Fact]
    public void A_value_without_its_form_is_refused()
    {
        Refuses(new() { MemberId = "Not A Slug" }, new(ErrorReason.FieldMalformed, "member_id", null, 10));
        Refuses(
            new() { RequestId = ByteString.CopyFrom(new byte[15]) },
            new(ErrorReason.FieldMalformed, "request_id", 16, 15)
        );
        Refuses(new() { Anomaly = (AnomalyRule)99 }, new(ErrorReason.EnumUnknown, "anomaly", null, 99));
    }

    private static void Takes(EntryFilter filter) => Assert.Null(FilterRules.Check(filter));

    private static void Refuses(EntryFilter filter, Refusal refusal) =>
        Assert.Equal(refusal, FilterRules.Check(filter));
}
