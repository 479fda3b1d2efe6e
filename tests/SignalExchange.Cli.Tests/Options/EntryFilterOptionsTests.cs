using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Tests.Options;

public sealed class EntryFilterOptionsTests
{
    private const string Id = "000102030405060708090a0b0c0d0e0f";

    [Fact]
    public void What_is_typed_becomes_the_filter()
    {
        var filter = Read(
            $"--of gold-dating --role auditor --purpose PAYMENT --from 2026-11-23T12:00:00Z --status 3 --reason too-many --pseudonym {Id} --pseudonym {Id} --request-id {Id} --anomaly two-places --review open --outcome refused"
        );

        Assert.Equal("gold-dating", filter.MemberId);
        Assert.Equal((KeyRole.Auditor, CheckPurpose.Payment), (filter.Role, filter.Purpose));
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero), filter.From.ToDateTimeOffset());
        Assert.Equal((3U, ErrorReason.TooMany), (filter.StatusCode, filter.Reason));
        Assert.Equal((32, 16), (filter.Pseudonyms.Length, filter.RequestId.Length));
        Assert.Equal((AnomalyRule.TwoPlaces, ReviewState.Open), (filter.Anomaly, filter.Review));
        Assert.Equal(EntryOutcome.Refused, filter.Outcome);
    }

    [Fact]
    public void Nothing_typed_is_every_entry() => Assert.Equal(0, Read("").CalculateSize());

    [Fact]
    public void A_status_of_zero_is_a_condition() => Assert.True(Read("--status 0").HasStatusCode);

    [Theory]
    [InlineData("--reason nonsense", "TOO_MANY")]
    [InlineData("--from yesterdayish", "2026-11-23T12:00:00Z")]
    [InlineData("--request-id 00", "32 hexadecimal digits")]
    [InlineData("--purpose curiosity", "Investigation")]
    public void What_is_not_understood_is_refused_with_a_way_out(string line, string way) =>
        Assert.Contains(way, Assert.Throws<UsageException>(() => Read(line)).Message, StringComparison.Ordinal);

    private static EntryFilter Read(string line)
    {
        var options = new EntryFilterOptions();
        var command = new Command("search");
        options.AddTo(command);
        return options.Make(command.Parse(line));
    }
}
