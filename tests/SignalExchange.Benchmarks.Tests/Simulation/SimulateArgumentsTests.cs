using SignalExchange.Benchmarks.Simulation;

namespace SignalExchange.Benchmarks.Tests.Simulation;

/// <summary>What may stand behind "simulate".</summary>
public sealed class SimulateArgumentsTests : IDisposable
{
    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Nothing_or_a_file_is_asked_for()
    {
        Assert.Null(SimulateArguments.Parse([]).JsonFile);
        Assert.Equal("out.json", SimulateArguments.Parse(["--json", "out.json"]).JsonFile);
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--json", "a", "b")]
    [InlineData("--silos", "3")]
    public void A_wrong_command_line_is_told_the_right_one(params string[] args) =>
        Assert.Equal(
            "Usage: simulate [--json OUT]",
            Assert.Throws<FormatException>(() => SimulateArguments.Parse(args)).Message
        );

    [Fact]
    public async Task A_file_that_cannot_be_written_is_refused_before_anything_starts()
    {
        using var output = new StringWriter();
        var file = _files.PathOf("no-such-folder/simulation.json");

        var refused = await Assert.ThrowsAsync<FormatException>(() => SimulateCommand.Run(["--json", file], output));

        Assert.StartsWith($"--json: '{file}' cannot be written.", refused.Message, StringComparison.Ordinal);
    }
}
