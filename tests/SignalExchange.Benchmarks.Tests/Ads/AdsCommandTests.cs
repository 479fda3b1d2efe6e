using System.Text.Json.Nodes;
using SignalExchange.Benchmarks.Ads;

namespace SignalExchange.Benchmarks.Tests.Ads;

/// <summary>The program from a generated file to its figures.</summary>
public sealed class AdsCommandTests : IDisposable
{
    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_generated_file_is_evaluated_and_the_figures_have_the_stated_names()
    {
        var (data, figures) = (_files.PathOf("generated.jsonl"), _files.PathOf("out/figures.json"));
        Run("--generate", "40", "--out", data);

        var printed = Run("--data", data, "--gray", _files.Write("nobody\tnothing\n"), "--json", figures);

        var json = JsonNode.Parse(File.ReadAllText(figures))!.AsObject();
        Assert.Equal(
            ["recall", "false_pairs", "unrelated_pairs", "tokens_per_ad", "cpu_us_per_ad", "m", "bits_opened"],
            json.Select(field => field.Key)
        );
        var recall = json["recall"]!.AsObject();
        Assert.Equal(27, recall.Count);
        Assert.Equal(1, recall["L0"]!.GetValue<double>());
        Assert.All(new[] { "homo50", "zw", "leet30" }, it => Assert.True(recall[it]!.GetValue<double>() >= 0.95, it));
        Assert.True(recall["word05"]!.GetValue<double>() > recall["word30"]!.GetValue<double>());
        Assert.Equal((0, 40 * 79), (json["false_pairs"]!.GetValue<long>(), json["unrelated_pairs"]!.GetValue<long>()));
        Assert.Equal((48, 3), (json["tokens_per_ad"]!.GetValue<double>(), json["m"]!.GetValue<int>()));
        Assert.True(json["cpu_us_per_ad"]!.GetValue<double>() > 0);
        Assert.InRange(json["bits_opened"]!.GetValue<double>(), 0, 1);
        Assert.Contains("precision", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_number_makes_the_same_file()
    {
        Run("--generate", "2", "--out", _files.PathOf("one"));
        Run("--generate", "2", "--out", _files.PathOf("two"));

        Assert.Equal(File.ReadAllBytes(_files.PathOf("one")), File.ReadAllBytes(_files.PathOf("two")));
    }

    [Theory]
    [InlineData("--data")]
    [InlineData("--generate", "0", "--out", "x")]
    [InlineData("--generate", "3")]
    [InlineData("--data", "x", "--generate", "3", "--out", "y")]
    [InlineData("--date", "x")]
    public void A_wrong_command_line_is_told_the_right_one(params string[] args) =>
        Assert.Equal(AdsArguments.Usage, Assert.Throws<FormatException>(() => Run(args)).Message);

    [Fact]
    public void A_file_without_ads_is_refused()
    {
        var empty = _files.Write("\r\n\r\n");

        Assert.Equal("The file holds no ads.", Assert.Throws<FormatException>(() => Run("--data", empty)).Message);
        Assert.Throws<FileNotFoundException>(() => Run("--data", _files.PathOf("none")));
    }

    private static string Run(params string[] args)
    {
        using var output = new StringWriter();
        AdsCommand.Run(args, output);
        return output.ToString();
    }
}
