using System.CommandLine;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Options;

/// <summary>The options that say which entries of the access log.</summary>
internal sealed class EntryFilterOptions
{
    private readonly Option<string?> _of = new("--of") { Description = "Entries of this member." };
    private readonly Option<string?> _role = new("--role") { Description = "By keys of this role." };
    private readonly Option<string?> _method = new("--method") { Description = "Of this method: its full name." };
    private readonly Option<string?> _purpose = new("--purpose") { Description = "With this purpose." };
    private readonly Option<string?> _from = new("--from") { Description = "From this time on, RFC 3339." };
    private readonly Option<string?> _until = new("--until") { Description = "Before this time, RFC 3339." };
    private readonly Option<string?> _outcome = new("--outcome") { Description = "answered, refused or begun." };
    private readonly Option<uint?> _status = new("--status") { Description = "With this gRPC status, a number." };
    private readonly Option<string?> _reason = new("--reason")
    {
        Description = "Refused for this reason, as TOO_MANY.",
    };

    private readonly Option<string[]> _pseudonyms = new("--pseudonym")
    {
        Description = "About this indicator: 32 hexadecimal digits; may be repeated for other months.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _request = new("--request-id") { Description = "Of this request: 32 digits." };
    private readonly Option<string?> _by = new("--by") { Description = "By this key: its thumbprint." };
    private readonly Option<string?> _anomaly = new("--anomaly") { Description = "With an alarm of this rule." };
    private readonly Option<string?> _review = new("--review") { Description = "open or reviewed." };

    public void AddTo(Command command)
    {
        System.CommandLine.Option[] options =
        [
            _of,
            _role,
            _method,
            _purpose,
            _from,
            _until,
            _outcome,
            _status,
            _reason,
            _pseudonyms,
            _request,
            _by,
            _anomaly,
            _review,
        ];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Makes the filter.</summary>
    /// <exception cref="UsageException">A value is not understood; the message says how it is written.</exception>
    public EntryFilter Make(ParseResult parsed)
    {
        var filter = new EntryFilter
        {
            MemberId = parsed.GetValue(_of) ?? "",
            Role = EnumOf<KeyRole>(parsed.GetValue(_role)),
            Method = parsed.GetValue(_method) ?? "",
            Purpose = EnumOf<CheckPurpose>(parsed.GetValue(_purpose)),
            From = TimeOf(parsed.GetValue(_from)),
            Until = TimeOf(parsed.GetValue(_until)),
            Outcome = EnumOf<EntryOutcome>(parsed.GetValue(_outcome)),
            Reason = ReasonOf(parsed.GetValue(_reason)),
            Pseudonyms = ByteString.CopyFrom([.. parsed.GetValue(_pseudonyms)!.SelectMany(BytesOf)]),
            RequestId = parsed.GetValue(_request) is { } id ? ByteString.CopyFrom(BytesOf(id)) : ByteString.Empty,
            KeyThumbprint = parsed.GetValue(_by) ?? "",
            Anomaly = EnumOf<AnomalyRule>(parsed.GetValue(_anomaly)),
            Review = EnumOf<ReviewState>(parsed.GetValue(_review)),
        };
        if (parsed.GetValue(_status) is { } status)
        {
            filter.StatusCode = status;
        }

        return filter;
    }

    private static T EnumOf<T>(string? text)
        where T : struct, System.Enum => text is null ? default : EnumText.Parse<T>(text);

    private static ErrorReason ReasonOf(string? text) =>
        text is null ? ErrorReason.Unspecified
        : ErrorReasonNames.Parse(text.ToUpperInvariant().Replace('-', '_')) is var reason
        && reason != ErrorReason.Unspecified
            ? reason
        : throw new UsageException($"'{text}' is no reason of this contract, as TOO_MANY is.");

    private static Timestamp? TimeOf(string? text) =>
        text is null ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Timestamp.FromDateTimeOffset(time)
        : throw new UsageException($"'{text}' is no time. Write it as 2026-11-23T12:00:00Z.");

    private static byte[] BytesOf(string text) =>
        text.Length == 32 && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new UsageException("An id or pseudonym is 32 hexadecimal digits.");
}
