using System.CommandLine;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Options;

/// <summary>The options that say what is stated; the defaults are those of a ban that a person decided. For what, nobody but the caller says.</summary>
internal sealed class StatementOptions
{
    private readonly Option<string[]> _categories = new("--category")
    {
        Description = "What it stands for, as CSE_GROOMING; may be repeated. Never assumed.",
        Required = true,
    };
    private readonly Option<string[]> _actions = Many(
        "--action",
        "What the platform did, as ACCOUNT_TERMINATED; may be repeated.",
        "ACCOUNT_TERMINATED"
    );
    private readonly Option<string[]> _means = Many(
        "--means",
        "UN IC-TIP means; needed with HT categories about adults."
    );
    private readonly Option<string[]> _evidence = Many("--evidence", "What it rests on.", "CONDUCT");
    private readonly Option<string[]> _groups = Many(
        "--group",
        "Sharing group that may see it; may be repeated. None: every member."
    );
    private readonly Option<string> _status = One(
        "--status",
        "INFORMATIONAL, SUSPECTED, CONFIRMED or CLEARED.",
        "CONFIRMED"
    );
    private readonly Option<string> _severity = One(
        "--severity",
        "INFO, WARNING, SUSPICIOUS, SEVERE or CRITICAL.",
        "SEVERE"
    );
    private readonly Option<string> _precision = One("--precision", "UNKNOWN, LOW, MEDIUM or HIGH.", "HIGH");
    private readonly Option<string> _review = One("--review", "Who has looked at it.", "REVIEWED_MANUALLY");
    private readonly Option<string> _role = One("--role", "The part that the person plays.", "UNKNOWN");
    private readonly Option<string> _age = One("--victim-age", "The victim's age band.", "UNKNOWN");
    private readonly Option<string> _detection = One("--detection", "How it was found.", "HUMAN_REVIEW");
    private readonly Option<string> _automation = One("--automation", "How much a machine did.", "NOT_AUTOMATED");
    private readonly Option<string> _level = One(
        "--tlp",
        "CLEAR, GREEN, AMBER, AMBER_STRICT or RED; AMBER when groups are named, else GREEN.",
        ""
    );
    private readonly Option<string> _permitted = One(
        "--permit",
        "LEAD_ONLY, REVIEW_REQUIRED, MAY_RESTRICT or MAY_BLOCK.",
        "REVIEW_REQUIRED"
    );
    private readonly Option<uint> _confidence = new("--confidence")
    {
        Description = "1 to 100.",
        DefaultValueFactory = _ => 75,
    };
    private readonly Option<ushort?> _days = new("--expires-days")
    {
        Description = "Days until it ends by itself; the type's cap if not given.",
    };

    public void AddTo(Command command)
    {
        foreach (
            var option in new System.CommandLine.Option[]
            {
                _categories,
                _actions,
                _means,
                _evidence,
                _groups,
                _status,
                _severity,
                _precision,
                _review,
                _role,
                _age,
                _detection,
                _automation,
                _level,
                _permitted,
                _confidence,
                _days,
            }
        )
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Makes the statement.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="type">The kind of identifier, whose cap is the default expiry.</param>
    /// <param name="now">The time of the action, and what the expiry counts from.</param>
    public SignalStatement Make(ParseResult parsed, IndicatorType type, DateTimeOffset now)
    {
        var groups = parsed.GetValue(_groups)!;
        var level = parsed.GetValue(_level)!;
        var life = parsed.GetValue(_days) is { } days ? TimeSpan.FromDays(days) : IndicatorTypes.ExpiryCap(type);
        return new SignalStatement
        {
            Status = Get<SignalStatus>(parsed, _status),
            Severity = Get<Severity>(parsed, _severity),
            Confidence = parsed.GetValue(_confidence),
            Precision = Get<Precision>(parsed, _precision),
            ReviewStatus = Get<ReviewStatus>(parsed, _review),
            Categories = { GetAll<ExploitationCategory>(parsed, _categories) },
            SubjectRole = Get<SubjectRole>(parsed, _role),
            VictimAgeBand = Get<VictimAgeBand>(parsed, _age),
            Means = { GetAll<TraffickingMeans>(parsed, _means) },
            EvidenceBasis = { GetAll<EvidenceBasis>(parsed, _evidence) },
            DetectionMethod = Get<DetectionMethod>(parsed, _detection),
            ActionsTaken = { GetAll<AccountAction>(parsed, _actions) },
            ActionAutomation = Get<ActionAutomation>(parsed, _automation),
            ActionTime = now.ToTimestamp(),
            ExpiresAt = (now + life).ToTimestamp(),
            Audience = new Audience
            {
                ShareLevel =
                    level.Length > 0 ? EnumText.Parse<ShareLevel>(level)
                    : groups.Length > 0 ? ShareLevel.Amber
                    : ShareLevel.Green,
                GroupIds = { groups },
            },
            PermittedAction = Get<PermittedAction>(parsed, _permitted),
        };
    }

    private static T Get<T>(ParseResult parsed, Option<string> option)
        where T : struct, System.Enum => EnumText.Parse<T>(parsed.GetValue(option)!);

    private static IEnumerable<T> GetAll<T>(ParseResult parsed, Option<string[]> option)
        where T : struct, System.Enum => parsed.GetValue(option)!.Select(EnumText.Parse<T>);

    private static Option<string> One(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<string[]> Many(string name, string description, params string[] values) =>
        new(name) { Description = description, DefaultValueFactory = _ => values };
}
