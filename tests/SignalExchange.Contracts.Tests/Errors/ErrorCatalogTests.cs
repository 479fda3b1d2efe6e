using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Tests.Errors;

public sealed class ErrorCatalogTests
{
    public static TheoryData<ErrorReason> Reasons =>
        [.. Enum.GetValues<ErrorReason>().Where(reason => reason != ErrorReason.Unspecified)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Every_reason_has_a_status_a_name_and_words(ErrorReason reason)
    {
        Assert.NotEqual(Grpc.Core.StatusCode.OK, ErrorCatalog.CodeOf(reason));
        Assert.Equal(reason, ErrorReasonNames.Parse(ErrorCatalog.NameOf(reason)));
        Assert.EndsWith(".", new Refusal(reason).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_the_field_and_the_numbers()
    {
        var refusal = new Refusal(ErrorReason.TooMany, "tokens", 10_000, 10_001);

        Assert.Equal(
            "tokens: There are more elements than allowed. Split the request. (limit 10000, got 10001)",
            refusal.ToString()
        );
    }

    [Fact]
    public void A_refusal_survives_the_wire()
    {
        var refusal = new Refusal(ErrorReason.ExpiryTooFar, "expires_at", 180, 400).Within("statement");

        Assert.Equal(refusal, Refusal.From(refusal.ToItemError()));
        Assert.Equal("statement.expires_at", refusal.Field);
    }

    [Fact]
    public void A_name_of_a_later_version_reads_as_unspecified() =>
        Assert.Equal(ErrorReason.Unspecified, ErrorReasonNames.Parse("SOMETHING_NEW"));
}
