using System.Text.Json;
using System.Text.RegularExpressions;

namespace SignalExchange.Benchmarks.Ads;

/// <summary>Reads one line of a data file. What the line holds is in no message, only its number and the field's name.</summary>
internal static partial class AdLine
{
    /// <summary>Reads an ad.</summary>
    /// <param name="line">A JSON object. Fields that are not known are passed over; <c>group</c>, <c>lang</c> and <c>edit</c> may be missing.</param>
    /// <param name="number">Its number, from 1.</param>
    /// <exception cref="FormatException">It is something else.</exception>
    public static AdRow Parse(string line, int number)
    {
        using var document = ParseJson(line, number);
        var ad = new Fields(document.RootElement, number);
        var (id, kind) = (ad.Required("id"), ad.Required("kind"));
        return new(
            id,
            kind == AdRow.Single ? ad.Optional("cluster") ?? id : ad.Required("cluster"),
            ad.Required("text"),
            kind,
            ad.Optional("group"),
            ad.Optional("lang"),
            ad.Optional("edit")
        );
    }

    private static JsonDocument ParseJson(string line, int number)
    {
        try
        {
            var document = JsonDocument.Parse(WithoutLoneSurrogates(line));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document
                : throw new FormatException($"Line {number} is no JSON object.");
        }
        catch (JsonException)
        {
#pragma warning disable MA0054 // The inner exception's message would quote the ad.
            throw new FormatException($"Line {number} is no JSON.");
#pragma warning restore MA0054
        }
    }

    // Ads hold halves of pairs, and other writers of JSON pass them on; this reader would refuse the whole line. Every escape is
    // matched, so that the backslash of one is not taken for the beginning of the next.
    private static string WithoutLoneSurrogates(string line) =>
        Escape().Replace(line, match => match.Groups["lone"].Success ? @"\uFFFD" : match.Value);

    [GeneratedRegex(
        @"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<lone>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\.",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Escape();

    private readonly record struct Fields(JsonElement Ad, int Number)
    {
        public string Required(string name) =>
            Optional(name) ?? throw new FormatException($"Line {Number} has no \"{name}\".");

        // A number is a name as good as a text.
        public string? Optional(string name) =>
            !Ad.TryGetProperty(name, out var value)
                ? null
                : value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Number when name is "id" or "cluster" => value.GetRawText(),
                    _ => throw new FormatException($"Line {Number} has a \"{name}\" that is no text."),
                };
    }
}
