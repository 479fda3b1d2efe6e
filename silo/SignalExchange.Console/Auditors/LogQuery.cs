using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using Enum = System.Enum;

namespace SignalExchange.WebConsole.Auditors;

/// <summary>A search of the access log as it stands in the address bar: a link to share, which finds for whoever may search.</summary>
/// <remarks>Every field is text, empty for none, so that what somebody wrote into an address is shown and refused, not lost.</remarks>
public sealed record LogQuery
{
    private const int MaxLength = 256;

    /// <summary>Gets the member.</summary>
    public string Member { get; init; } = "";

    /// <summary>Gets the role.</summary>
    public string Role { get; init; } = "";

    /// <summary>Gets the method, page or event.</summary>
    public string Method { get; init; } = "";

    /// <summary>Gets the purpose.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>Gets the first time, ISO 8601 in UTC.</summary>
    public string From { get; init; } = "";

    /// <summary>Gets the time before which, ISO 8601 in UTC.</summary>
    public string Until { get; init; } = "";

    /// <summary>Gets the outcome.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Gets the reason of a refusal.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Gets the key or account.</summary>
    public string Key { get; init; } = "";

    /// <summary>Gets the request's id, 32 hexadecimal digits.</summary>
    public string Request { get; init; } = "";

    /// <summary>Gets the indicator's pseudonym, 32 hexadecimal digits.</summary>
    public string Pseudonym { get; init; } = "";

    /// <summary>Gets the rule whose alarms the entries are of.</summary>
    public string Rule { get; init; } = "";

    /// <summary>Gets whether somebody has judged them.</summary>
    public string Review { get; init; } = "";

    /// <summary>Gets the order.</summary>
    public string Order { get; init; } = "";

    /// <summary>Gets whether anything narrows the search.</summary>
    public bool IsNarrow => Pairs().Any(pair => pair.Name is not "order" && pair.Value.Length > 0);

    /// <summary>Makes the search that the exchange is asked.</summary>
    /// <returns>The filter; null with the name of the first field that has not its form.</returns>
    public (EntryFilter? Filter, string Wrong) ToFilter()
    {
        if (Pairs().FirstOrDefault(pair => pair.Value.Length > MaxLength) is { Name: { } tooLong })
        {
            return (null, tooLong);
        }

        var filter = new EntryFilter();
        var wrong =
            Set("member", Member, FieldFormat.Slug, value => filter.MemberId = value)
            ?? Set("method", Method, FieldFormat.Method, value => filter.Method = value)
            ?? Set("key", Key, FieldFormat.Thumbprint, value => filter.KeyThumbprint = value)
            ?? Set<KeyRole>("role", Role, value => filter.Role = value)
            ?? Set<CheckPurpose>("purpose", Purpose, value => filter.Purpose = value)
            ?? Set<EntryOutcome>("outcome", Outcome, value => filter.Outcome = value)
            ?? Set<ErrorReason>("reason", Reason, value => filter.Reason = value)
            ?? Set<AnomalyRule>("rule", Rule, value => filter.Anomaly = value)
            ?? Set<ReviewState>("review", Review, value => filter.Review = value)
            ?? SetBytes("request", Request, value => filter.RequestId = value)
            ?? SetBytes("pseudonym", Pseudonym, value => filter.Pseudonyms = value)
            ?? SetTime("from", From, value => filter.From = value)
            ?? SetTime("until", Until, value => filter.Until = value);
        return wrong is null ? (filter, "") : (null, wrong);
    }

    /// <summary>Returns the address of this search.</summary>
    public string ToAddress(string page = "console/log")
    {
        var pairs = Pairs()
            .Where(pair => pair.Value.Length > 0)
            .Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value)}");
        var query = string.Join('&', pairs);
        return query.Length == 0 ? page : $"{page}?{query}";
    }

    private IEnumerable<(string Name, string Value)> Pairs() =>
        [
            ("member", Member),
            ("role", Role),
            ("method", Method),
            ("purpose", Purpose),
            ("from", From),
            ("until", Until),
            ("outcome", Outcome),
            ("reason", Reason),
            ("key", Key),
            ("request", Request),
            ("pseudonym", Pseudonym),
            ("rule", Rule),
            ("review", Review),
            ("order", Order),
        ];

    private static string? Set(string name, string text, FieldFormat format, Action<string> set)
    {
        if (text.Length == 0)
        {
            return null;
        }

        set(text);
        return FieldFormats.Fits(format, text) ? null : name;
    }

    private static string? Set<TEnum>(string name, string text, Action<TEnum> set)
        where TEnum : struct, Enum
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (
            !Enum.TryParse<TEnum>(text, out var value)
            || !Enum.IsDefined(value)
            || int.TryParse(text, CultureInfo.InvariantCulture, out _)
        )
        {
            return name;
        }

        set(value);
        return null;
    }

    private static string? SetBytes(string name, string text, Action<ByteString> set)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (text.Length != 2 * SignalId.Size || text.Any(letter => !char.IsAsciiHexDigit(letter)))
        {
            return name;
        }

        set(ByteString.CopyFrom(Convert.FromHexString(text)));
        return null;
    }

    private static string? SetTime(string name, string text, Action<Timestamp> set)
    {
        if (text.Length == 0)
        {
            return null;
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time))
        {
            return name;
        }

        set(time.ToTimestamp());
        return null;
    }
}
