using SignalExchange.Benchmarks.Harness;

namespace SignalExchange.Benchmarks.Tests.Harness;

/// <summary>Whether a report can be written is known before it is measured.</summary>
public sealed class ReportFileTests : IDisposable
{
    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Nothing_is_left_behind_by_the_question()
    {
        var file = _files.PathOf("report.json");

        ReportFile.RequireWritable(file);
        ReportFile.RequireWritable(null);

        Assert.False(File.Exists(file));
    }

    [Fact]
    public void A_report_that_is_there_stays_until_the_next_one_is_written()
    {
        var file = _files.Write("the last one");

        ReportFile.RequireWritable(file);
        Assert.Equal("the last one", File.ReadAllText(file));
        ReportFile.Write(file, new { Found = 1 });

        Assert.Equal("""{"found":1}""", string.Concat(File.ReadAllText(file).Where(it => !char.IsWhiteSpace(it))));
    }

    [Theory]
    [InlineData("no-such-folder/report.json")]
    [InlineData("")]
    [InlineData(".")]
    public void A_file_that_cannot_be_written_is_named_with_the_reason(string name)
    {
        var file = name.Length == 0 ? name : _files.PathOf(name);

        var refused = Assert.Throws<FormatException>(() => ReportFile.RequireWritable(file));

        Assert.StartsWith($"--json: '{file}' cannot be written. ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(
            refused.InnerException?.Message,
            refused.Message[$"--json: '{file}' cannot be written. ".Length..]
        );
    }
}
