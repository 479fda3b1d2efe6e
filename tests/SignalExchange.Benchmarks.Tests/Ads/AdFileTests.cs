using SignalExchange.Benchmarks.Ads;

namespace SignalExchange.Benchmarks.Tests.Ads;

public sealed class AdFileTests : IDisposable
{
    private readonly DataFile _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Fields_that_are_not_known_are_passed_over_and_others_may_be_missing()
    {
        var row = Assert.Single(
            Read("""{"score": [1, {"a": null}], "edit": "L1", "kind": "syn", "text": "x", "cluster": "c", "id": "i"}""")
        );

        Assert.Equal(new AdRow("i", "c", "x", "syn", Group: null, Lang: null, "L1"), row);
    }

    [Fact]
    public void A_single_text_is_a_cluster_of_its_own_and_a_number_is_a_name() =>
        Assert.Equal(
            new AdRow("7", "7", "", "single", null, null, null),
            Assert.Single(Read("""{"id": 7, "text": "", "kind": "single", "cluster": null}"""))
        );

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Either_end_of_line_blank_lines_and_a_byte_order_mark_are_read(string end)
    {
        var lines = new[] { Line("a"), "", "   ", Line("b"), "" };

        Assert.Equal(["a", "b"], Read("\uFEFF" + string.Join(end, lines)).Select(row => row.Id));
    }

    [Theory]
    [InlineData("""a\ud83d""", "a\uFFFD")]
    [InlineData("""\ude00\ud83d b""", "\uFFFD\uFFFD b")]
    [InlineData("""\ud83d\ude00""", "\U0001F600")]
    [InlineData("""\ud83d\ud83d\ude00""", "\uFFFD\U0001F600")]
    [InlineData("""\\ud83d""", "\\ud83d")]
    public void Halves_of_surrogate_pairs_are_read_as_what_stands_for_no_character(string written, string read) =>
        Assert.Equal(read, Assert.Single(Read(Line("a", written))).Text);

    [Theory]
    [InlineData("qx7secret", "Line 2 is no JSON.")]
    [InlineData("[]", "Line 2 is no JSON object.")]
    [InlineData("""{"id": "qx7secret", "kind": "single"}""", """Line 2 has no "text".""")]
    [InlineData("""{"kind": "single", "text": "qx7secret"}""", """Line 2 has no "id".""")]
    [InlineData("""{"id": "qx7secret", "text": "x"}""", """Line 2 has no "kind".""")]
    [InlineData("""{"id": "qx7secret", "kind": "real", "text": "x"}""", """Line 2 has no "cluster".""")]
    [InlineData("""{"id": "qx7secret", "kind": "single", "text": null}""", """Line 2 has no "text".""")]
    [InlineData("""{"id": "qx7secret", "kind": "single", "text": 7}""", """Line 2 has a "text" that is no text.""")]
    [InlineData("""{"id": ["qx7secret"], "kind": "single", "text": "x"}""", """Line 2 has a "id" that is no text.""")]
    public void What_is_no_ad_is_refused_by_its_line_and_nothing_of_it_is_said(string line, string message)
    {
        var refused = Assert.Throws<FormatException>(() => Read(Line("a") + "\n" + line + "\n"));

        Assert.Equal(message, refused.Message);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        AdRow[] rows =
        [
            new("a", "c", "é\u200B\U0001F600 \"\\\n", "syn", "g", "en", "base"),
            new("b", "b", "", "single", null, null, null),
        ];
        var file = _files.PathOf("rows");
        AdFile.Write(file, rows);

        Assert.Equal(rows, AdFile.Read(file));
    }

    private static string Line(string id, string text = "x") =>
        $$"""{"id": "{{id}}", "cluster": "c", "kind": "real", "text": "{{text}}"}""";

    private IReadOnlyList<AdRow> Read(string content) => AdFile.Read(_files.Write(content));
}
