using System.CommandLine;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Cli.Options;

/// <summary>The options that say how to read identifiers.</summary>
internal sealed class IdentifierOptions
{
    private readonly Option<string?> _namespace = new("--namespace") { Description = "Platform, provider or chain." };
    private readonly Option<string?> _region = RegionOption();
    private readonly Option<string> _type = TypeOption();

    private readonly Argument<string[]> _values = new("identifier")
    {
        Description = "The identifiers. They stay on this machine.",
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>Makes the option that names a kind of identifier.</summary>
    public static Option<string> TypeOption() =>
        new("--type")
        {
            Description =
                "Kind of identifier: " + string.Join(", ", IndicatorTypes.OfOneText.Select(IndicatorTypes.Slug)),
            Required = true,
        };

    /// <summary>Makes the option that says where national numbers are from.</summary>
    public static Option<string?> RegionOption() =>
        new("--region")
        {
            Description = "ISO 3166 region for national numbers without one [SIGX_REGION].",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIGX_REGION"),
        };

    public void AddTo(Command command)
    {
        command.Options.Add(_type);
        command.Options.Add(_namespace);
        command.Options.Add(_region);
        command.Arguments.Add(_values);
    }

    /// <summary>Reads the identifiers.</summary>
    /// <exception cref="IdentifierRefusedException">One has no canonical form.</exception>
    public IReadOnlyList<Identifier> Read(ParseResult parsed)
    {
        var type = TypeOf(parsed.GetValue(_type)!);
        return
        [
            .. parsed
                .GetValue(_values)!
                .Select(value =>
                    Identifier.Parse(type, value, parsed.GetValue(_namespace), parsed.GetValue(_region)).GetOrThrow()
                ),
        ];
    }

    public static IndicatorType TypeOf(string slug) =>
        IndicatorTypes.TryParse(slug, out var type)
            ? type
            : throw new UsageException(
                $"There is no type '{slug}'. Types: {string.Join(", ", IndicatorTypes.OfOneText.Select(IndicatorTypes.Slug))}."
            );
}
