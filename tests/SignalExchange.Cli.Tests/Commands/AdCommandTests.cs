using System.Text.Json.Nodes;

namespace SignalExchange.Cli.Tests.Commands;

public sealed class AdCommandTests : IDisposable
{
    private const string Ad =
        "Cosy sunny room to let near the old harbour, a short walk from the tram. The kitchen is shared with quiet students "
        + "and a friendly cat named Oliver. Rent includes heating, water and fast internet, call 212-736-5000.";

    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task An_ad_is_explained_by_its_letters_runs_and_price()
    {
        var (code, output, error) = await Explain(Ad);

        Assert.Equal(ExitCodes.Done, code);
        Assert.Empty(error);
        Assert.Contains("skeleton  cosysunyromtoietneartheoidharbour", output, StringComparison.Ordinal);
        Assert.Contains("shingles  cosysu osysun sysuny", output, StringComparison.Ordinal);
        Assert.Contains("costs     48 tokens; with its windows 48", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_ad_says_why_and_ends_with_the_code_of_a_refusal()
    {
        var (code, output, _) = await Explain("Call me 212-736-5000");

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("letters   5 (of at least 120)", output, StringComparison.Ordinal);
        Assert.Contains("refused   AD_TOO_SHORT: ", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_the_same()
    {
        var (code, output, _) = await Explain(Ad, "--json");

        var row = JsonNode.Parse(output)!.AsArray().Single()!.AsObject();
        Assert.Equal(ExitCodes.Done, code);
        Assert.Equal(48, row["tokens"]!.GetValue<int>());
        Assert.Equal(0, row["windows"]!.GetValue<int>());
        Assert.Null(row["refused"]);
        Assert.Equal(row["letters"]!.GetValue<int>(), row["skeleton"]!.GetValue<string>().Length);
        Assert.True(row["shingles"]!.AsArray().Count >= 100);
    }

    [Fact]
    public async Task A_file_of_many_mebibytes_is_refused_without_reading_on()
    {
        var (code, output, _) = await Explain(new string('a', 5 << 20));

        Assert.Equal(ExitCodes.Refused, code);
        Assert.Contains("AD_TOO_LONG", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_a_wrong_command_line()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();

        var code = await SigxApp.Run(
            ["ad", "explain", _file + ".none"],
            output,
            error,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(ExitCodes.Usage, code);
        Assert.NotEmpty(error.ToString());
    }

    private async Task<(int Code, string Output, string Error)> Explain(string text, params string[] options)
    {
        await File.WriteAllTextAsync(_file, text, TestContext.Current.CancellationToken);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await SigxApp.Run(
            ["ad", "explain", _file, .. options],
            output,
            error,
            TestContext.Current.CancellationToken
        );
        return (code, output.ToString(), error.ToString());
    }
}
