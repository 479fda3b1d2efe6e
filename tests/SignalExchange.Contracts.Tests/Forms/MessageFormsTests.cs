using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Contracts.Tests.Forms;

public sealed class MessageFormsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private const string Key = "phone-e164/1/0f3c5a7b9d1e2f40";

    [Theory]
    [InlineData("exchange.example/log/silo-1\n12\nAAAA\n\n\u2014 name AAAA\n", true)]
    [InlineData("exchange.example/log/silo-1\n12", false)]
    [InlineData("caf\u00e9\n", false)]
    [InlineData("", false)]
    public void A_signed_note_is_lines_of_printable_characters(string note, bool fits) =>
        Assert.Equal(fits, FieldFormats.Fits(FieldFormat.SignedNote, note));

    [Theory]
    [InlineData("exchange.example/log/silo-1+0f3c5a7b+AQ==", true)]
    [InlineData("exchange.example/log/silo-1+0F3C5A7B+AQ==", false)]
    [InlineData("a name+0f3c5a7b+AQ==", false)]
    [InlineData("+0f3c5a7b+AQ==", false)]
    public void A_verifier_key_is_a_name_an_id_and_base64(string key, bool fits) =>
        Assert.Equal(fits, FieldFormats.Fits(FieldFormat.VerifierKey, key));

    [Theory]
    [InlineData(FieldFormat.LogLeaf, 8192, true)]
    [InlineData(FieldFormat.LogLeaf, 8193, false)]
    [InlineData(FieldFormat.ProofHashes, 64, true)]
    [InlineData(FieldFormat.ProofHashes, 33, false)]
    [InlineData(FieldFormat.ProofHashes, 129 * 32, false)]
    [InlineData(FieldFormat.ExportChunk, 65536, true)]
    [InlineData(FieldFormat.ExportManifest, 65537, false)]
    [InlineData(FieldFormat.LogDetail, 1024 * 1024, true)]
    [InlineData(FieldFormat.LogDetail, (1024 * 1024) + 1, false)]
    public void What_auditors_are_sent_has_bounds(FieldFormat format, int length, bool fits) =>
        Assert.Equal(fits, FieldFormats.Fits(format, ByteString.CopyFrom(new byte[length])));

    [Fact]
    public void A_complete_statement_has_its_form() => Assert.Null(MessageForms.Check(Statements.Valid(Now)));

    [Fact]
    public void An_absent_required_field_is_named() =>
        Refuses(statement => statement.Status = SignalStatus.Unspecified, ErrorReason.FieldMissing, "status");

    [Fact]
    public void An_enum_of_a_later_version_is_refused() =>
        Refuses(statement => statement.Severity = (Severity)99, ErrorReason.EnumUnknown, "severity", actual: 99);

    [Fact]
    public void An_unknown_enum_within_a_list_is_refused() =>
        Refuses(statement => statement.Means.Add((TraffickingMeans)77), ErrorReason.EnumUnknown, "means", actual: 77);

    [Fact]
    public void An_unspecified_enum_within_a_list_is_refused() =>
        Refuses(
            statement => statement.Means.Add(TraffickingMeans.Unspecified),
            ErrorReason.FieldMissing,
            "means",
            actual: 0
        );

    [Fact]
    public void A_list_one_longer_than_allowed_is_refused() =>
        Refuses(
            statement => statement.Categories.Add(Enumerable.Repeat(ExploitationCategory.CseContact, 8)),
            ErrorReason.TooMany,
            "categories",
            limit: 8,
            actual: 9
        );

    [Fact]
    public void A_list_as_long_as_allowed_is_taken() =>
        Assert.Null(
            MessageForms.Check(
                Statements.Valid(
                    Now,
                    statement => statement.Categories.Add(Enumerable.Repeat(ExploitationCategory.CseContact, 7))
                )
            )
        );

    [Fact]
    public void A_field_within_a_message_is_named_by_its_path() =>
        Refuses(
            statement => statement.Audience.GroupIds.Add("Not A Slug"),
            ErrorReason.FieldMalformed,
            "audience.group_ids",
            actual: 10
        );

    [Fact]
    public void A_field_that_the_contract_does_not_have_is_refused_however_deep_it_stands()
    {
        Refuses(
            statement => statement.Audience = statement.Audience.Smuggle("+12025550143"),
            ErrorReason.FieldUnknown,
            "audience"
        );
        Refuses(
            statement => statement.ExpiresAt = statement.ExpiresAt.Smuggle("+12025550143"),
            ErrorReason.FieldUnknown,
            "expires_at"
        );
    }

    [Fact]
    public void An_id_of_a_wrong_size_is_refused_with_both_sizes() =>
        Refuses(
            statement => statement.CaseReference = ByteString.CopyFrom(new byte[15]),
            ErrorReason.FieldMalformed,
            "case_reference",
            limit: 16,
            actual: 15
        );

    [Fact]
    public void A_time_outside_the_calendar_is_refused() =>
        Refuses(
            statement => statement.ActionTime = new Timestamp { Seconds = long.MaxValue },
            ErrorReason.OutOfRange,
            "action_time"
        );

    [Fact]
    public void An_empty_batch_is_called_so()
    {
        Assert.Equal(
            new Refusal(ErrorReason.BatchEmpty, "submissions"),
            MessageForms.Check(new SubmitRequest { KeyId = Key })
        );
        Assert.Equal(
            new Refusal(ErrorReason.BatchEmpty, "tokens"),
            MessageForms.Check(new CheckRequest { KeyId = Key, Purpose = CheckPurpose.Test })
        );
    }

    [Fact]
    public void Packed_tokens_that_end_in_the_middle_of_one_are_refused() =>
        Assert.Equal(
            new Refusal(ErrorReason.FieldMalformed, "tokens", 32, 33),
            MessageForms.Check(
                new CheckRequest
                {
                    KeyId = Key,
                    Tokens = ByteString.CopyFrom(new byte[33]),
                    Purpose = CheckPurpose.Test,
                }
            )
        );

    [Fact]
    public void A_bad_item_is_left_to_be_answered_by_itself() =>
        Assert.Null(MessageForms.Check(new SubmitRequest { KeyId = Key, Submissions = { new Submission() } }));

    [Theory]
    [InlineData("ab", false)]
    [InlineData("abc", true)]
    [InlineData("a-1", true)]
    [InlineData("a--1", false)]
    [InlineData("-ab", false)]
    [InlineData("ab-", false)]
    [InlineData("1ab", false)]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdef", true)]
    [InlineData("abcdefghijklmnopqrstuvwxyzabcdefg", false)]
    [InlineData("abc\n", false)]
    public void A_slug_is_three_to_thirty_two_lower_case_characters(string slug, bool fits) =>
        Assert.Equal(fits, FieldFormats.Fits(FieldFormat.Slug, slug));

    private static void Refuses(
        Action<SignalStatement> change,
        ErrorReason reason,
        string field,
        long? limit = null,
        long? actual = null
    ) => Assert.Equal(new Refusal(reason, field, limit, actual), MessageForms.Check(Statements.Valid(Now, change)));
}
