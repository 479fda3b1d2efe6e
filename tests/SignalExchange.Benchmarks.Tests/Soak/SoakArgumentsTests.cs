using SignalExchange.Benchmarks.Soak;

namespace SignalExchange.Benchmarks.Tests.Soak;

/// <summary>What may stand behind "soak".</summary>
public sealed class SoakArgumentsTests : IDisposable
{
    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Nothing_asks_for_an_hour() => Assert.Equal(new(60, 300, null), SoakArguments.Parse([]));

    [Fact]
    public void What_is_asked_for_is_understood_in_any_order() =>
        Assert.Equal(
            new(0.5, 42, "out.json"),
            SoakArguments.Parse(["--json", "out.json", "--rate", "42", "--minutes", "0.5"])
        );

    [Fact]
    public void The_longest_and_the_fastest_are_taken() =>
        Assert.Equal(new(43_200, 100_000, null), SoakArguments.Parse(["--minutes", "43200", "--rate", "100000"]));

    [Theory]
    [InlineData("--minutes")]
    [InlineData("--minutes", "0")]
    [InlineData("--minutes", "-1")]
    [InlineData("--minutes", "43200.1")]
    [InlineData("--minutes", "Infinity")]
    [InlineData("--minutes", "NaN")]
    [InlineData("--minutes", "an hour")]
    [InlineData("--rate", "0")]
    [InlineData("--rate", "100001")]
    [InlineData("--rate", "Infinity")]
    [InlineData("--json")]
    [InlineData("--hours", "1")]
    [InlineData("1")]
    public void A_wrong_command_line_is_told_the_right_one(params string[] args) =>
        Assert.Equal(SoakArguments.Usage, Assert.Throws<FormatException>(() => SoakArguments.Parse(args)).Message);

    [Fact]
    public async Task More_evaluations_than_a_member_has_in_a_day_are_refused_before_anything_starts()
    {
        using var output = new StringWriter();

        var refused = await Assert.ThrowsAsync<FormatException>(() => SoakCommand.Run(["--minutes", "87"], output));

        Assert.StartsWith(
            "At 300 calls a second a member's evaluations of a day last 86 minutes",
            refused.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_refused_before_anything_starts()
    {
        using var output = new StringWriter();
        var file = _files.PathOf("no-such-folder/soak.json");

        var refused = await Assert.ThrowsAsync<FormatException>(() => SoakCommand.Run(["--json", file], output));

        Assert.StartsWith($"--json: '{file}' cannot be written.", refused.Message, StringComparison.Ordinal);
    }
}
