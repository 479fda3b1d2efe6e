using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using CsvHelper.Configuration;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Tokens;

namespace SignalExchange.Cli.Import;

/// <summary>Reads identifiers from a CSV file (RFC 4180, UTF-8) with the columns <c>type,identifier</c> and optionally <c>namespace,region</c>.</summary>
internal static class CsvIdentifiers
{
    /// <summary>The longest field: far longer than any identifier, so what is longer is a quote that nobody closed.</summary>
    public const int MaxFieldCharacters = 65_536;

    private static readonly string[] Required = ["type", "identifier"];

    /// <summary>Reads the rows in order; a row that is refused comes with its reason, and the reading goes on.</summary>
    /// <param name="path">The file.</param>
    /// <param name="defaultRegion">The region of national numbers whose row names none; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UsageException">The header lacks a column, or the file is no CSV from some line on.</exception>
    public static async IAsyncEnumerable<CsvRow> Read(
        string path,
        string? defaultRegion,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            PrepareHeaderForMatch = header => header.Header.Trim().ToLowerInvariant(),
            MissingFieldFound = null,
            BadDataFound = null,
            MaxFieldSize = MaxFieldCharacters,
            ExceptionMessagesContainRawData = false,
        };
        using var text = new StreamReader(path);
        using var csv = new CsvReader(text, configuration);
        if (
            !await ReadNext(csv, path)
            || !csv.ReadHeader()
            || Required.Except(csv.HeaderRecord!.Select(name => name.Trim().ToLowerInvariant())).Any()
        )
        {
            throw new UsageException(
                $"'{path}' needs a first line with the columns: type,identifier and optionally namespace,region."
            );
        }

        while (await ReadNext(csv, path))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ReadRow(csv, defaultRegion);
        }
    }

    // What the library says of a row may hold the row.
    private static async Task<bool> ReadNext(CsvReader csv, string path)
    {
        var line = csv.Context.Parser!.RawRow + 1;
        try
        {
            return await csv.ReadAsync();
        }
        catch (MaxFieldSizeException)
        {
            throw new UsageException(
                $"'{path}', line {line}: a field has more than {MaxFieldCharacters} characters. A quote that begins there may lack its end."
            );
        }
        catch (CsvHelperException)
        {
            throw new UsageException($"'{path}', line {line}: this is no row of CSV (RFC 4180).");
        }
    }

    private static CsvRow ReadRow(CsvReader csv, string? defaultRegion)
    {
        var line = csv.Context.Parser!.RawRow;
        if (!IndicatorTypes.TryParse(csv.GetField("type")?.Trim() ?? "", out var type))
        {
            return new(
                line,
                null,
                "TYPE_UNKNOWN: the type is none of "
                    + string.Join(", ", IndicatorTypes.OfOneText.Select(IndicatorTypes.Slug))
                    + "."
            );
        }

        var result = Identifier.Parse(
            type,
            csv.GetField("identifier") ?? "",
            Optional(csv, "namespace"),
            Optional(csv, "region") ?? defaultRegion
        );
        return new(line, result.Identifier, result.Refusal?.ToString());
    }

    private static string? Optional(CsvReader csv, string name) =>
        csv.TryGetField<string>(name, out var value) && !string.IsNullOrWhiteSpace(value) ? value : null;
}
