using SignalExchange.Benchmarks.Compare;

namespace SignalExchange.Benchmarks.Tests.Compare;

/// <summary>What may stand behind "compare".</summary>
public sealed class CompareArgumentsTests : IDisposable
{
    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Nothing_asks_for_all_of_it()
    {
        var arguments = CompareArguments.Parse([]);

        Assert.False(arguments.IsQuick);
        Assert.Null(arguments.JsonFile);
        Assert.Empty(arguments.Only);
    }

    [Fact]
    public void What_is_asked_for_is_understood_in_any_order()
    {
        var arguments = CompareArguments.Parse(["--only", "index,submit-azure", "--json", "out.json", "--quick"]);

        Assert.True(arguments.IsQuick);
        Assert.Equal("out.json", arguments.JsonFile);
        Assert.Equal(["index", "submit-azure"], arguments.Only);
    }

    [Fact]
    public void There_is_a_part_for_each_engine()
    {
        Assert.Equal(CompareParts.Names.Distinct(), CompareParts.Names);
        Assert.Subset(
            CompareParts.Names.ToHashSet(),
            new HashSet<string> { "submit-sqlite", "submit-postgres", "submit-azure" }
        );
    }

    [Theory]
    [InlineData("indexes", "indexes")]
    [InlineData("index,", "")]
    [InlineData("index,batch,Unary", "Unary")]
    [InlineData("", "")]
    public void A_part_that_there_is_not_is_named_with_those_that_there_are(string only, string unknown) =>
        Assert.Equal(
            $"--only: there is no part '{unknown}'. {CompareArguments.Usage}",
            Assert.Throws<FormatException>(() => CompareArguments.Parse(["--only", only])).Message
        );

    [Theory]
    [InlineData("--json")]
    [InlineData("--only")]
    [InlineData("--slow")]
    [InlineData("quick")]
    [InlineData("--quick", "--json")]
    public void A_wrong_command_line_is_told_the_right_one(params string[] args)
    {
        Assert.Equal(
            CompareArguments.Usage,
            Assert.Throws<FormatException>(() => CompareArguments.Parse(args)).Message
        );
        Assert.All(CompareParts.Names, name => Assert.Contains(name, CompareArguments.Usage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_refused_before_anything_starts()
    {
        using var output = new StringWriter();
        var file = _files.PathOf("no-such-folder/rows.json");

        var refused = await Assert.ThrowsAsync<FormatException>(() =>
            CompareCommand.Run(["--quick", "--json", file], output)
        );

        Assert.StartsWith($"--json: '{file}' cannot be written.", refused.Message, StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }
}
