using SignalExchange.Cli.Import;
using SignalExchange.Tokens;

namespace SignalExchange.Cli.Tests.Import;

/// <summary>Files that are no CSV, and what is said of them: where, and never what stands there.</summary>
public sealed class CsvIdentifiersTests : IDisposable
{
    private const string Secret = "somebody@mail.example";

    private readonly string _file = Path.GetTempFileName();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_quote_that_nobody_closed_is_refused_by_its_line_without_a_word_of_the_row()
    {
        var endless = new string('x', CsvIdentifiers.MaxFieldCharacters);
        await File.WriteAllTextAsync(
            _file,
            $"type,identifier\nemail,one@mail.example\nemail,\"{Secret}\n{endless}\n",
            Ct
        );

        var refused = await Assert.ThrowsAsync<UsageException>(async () => await Lines());

        Assert.Contains("line 3", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_of_the_longest_size_is_a_row_that_is_refused_for_itself()
    {
        var longest = new string('x', CsvIdentifiers.MaxFieldCharacters);
        await File.WriteAllTextAsync(_file, $"type,identifier\nemail,{longest}\nemail,one@mail.example\n", Ct);

        Assert.Equal([(2, false), (3, true)], await Lines());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("type\nemail\n")]
    public async Task A_file_without_its_columns_is_refused(string text)
    {
        await File.WriteAllTextAsync(_file, text, Ct);

        await Assert.ThrowsAsync<UsageException>(async () => await Lines());
    }

    [Fact]
    public async Task A_national_number_is_of_its_rows_region_or_of_the_one_that_is_stated_for_all()
    {
        await File.WriteAllLinesAsync(
            _file,
            ["type,identifier,region", "phone-e164,(202) 555-0143,", "phone-e164,020 7946 0958,GB"],
            Ct
        );

        var without = await CsvIdentifiers.Read(_file, null, Ct).ToListAsync(Ct);
        var with = await CsvIdentifiers.Read(_file, "US", Ct).Select(row => row.Identifier).ToListAsync(Ct);

        Assert.Contains("REGION_MISSING", without[0].Problem, StringComparison.Ordinal);
        Assert.Equal([Phone("+12025550143"), Phone("+442079460958")], with);
    }

    public void Dispose() => File.Delete(_file);

    private static Identifier Phone(string number) => Identifier.Phone(number).GetOrThrow();

    private async Task<List<(long, bool)>> Lines() =>
        await CsvIdentifiers
            .Read(_file, null, Ct)
            .Select(row => (row.Line, row.Identifier is not null))
            .ToListAsync(Ct);
}
