using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx policy show|set|hold|lift</c>: retention, thresholds and legal holds, for operators.</summary>
internal static class PolicyCommand
{
    private const int FirstYear = 1970;
    private const int MonthsAYear = 12;

    public static Command Create() =>
        new("policy", "Retention, thresholds and legal holds; for operators.") { Show(), Set(), Hold(), Lift() };

    private static Command Show() =>
        new ExchangeCommand("show", "Shows the policy, then the legal holds in force.").Runs(
            async (client, _, cancellationToken) =>
            {
                var now = await client.Policy.GetAsync(cancellationToken);
                return [AdministrationRows.Of(now.Policy), .. now.Holds.Select(AdministrationRows.Of)];
            }
        );

    private static Command Set()
    {
        var traffic = Number("--traffic-months", "Months that details of traffic are kept.");
        var administration = Number("--administration-months", "Months that details of administrative acts are kept.");
        var tokens = Number("--alarm-tokens", "Distinct tokens a day from which a near-zero hit rate is an alarm.");
        var hits = Number("--alarm-hits-per-million", "The hit rate below which it is one.");
        var delivery = new Option<string[]>("--delivery")
        {
            Description =
                "What the law of a country asks of a signal; may be repeated. As DE,basis=authority,basis=legal-obligation,permit or "
                + "FR,purpose=victim-protection,retention=while-active.",
            DefaultValueFactory = _ => [],
        };
        return new ExchangeCommand("set", "Sets the policy, all of it; what is not given is the default.")
        {
            traffic,
            administration,
            tokens,
            hits,
            delivery,
        }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var policy = new Policy();
                Apply(parsed.GetValue(traffic), it => policy.TrafficMonths = it);
                Apply(parsed.GetValue(administration), it => policy.AdministrationMonths = it);
                Apply(parsed.GetValue(tokens), it => policy.AlarmTokens = it);
                Apply(parsed.GetValue(hits), it => policy.AlarmHitsPerMillion = it);
                policy.DeliveryRules.Add(parsed.GetValue(delivery)!.Select(DeliveryText.Parse));
                var response = await client.Policy.SetAsync(policy, cancellationToken);
                return [AdministrationRows.Of(response.Policy, response.Pending)];
            }
        );
    }

    private static Command Hold()
    {
        var name = new Argument<string>("name") { Description = "The hold's name, for example a case's number." };
        var from = Month("--from", "The first month that it covers.");
        var to = Month("--to", "The last one.");
        return new ExchangeCommand("hold", "Keeps details beyond their time, at once.") { name, from, to }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var hold = new Hold
                {
                    HoldId = parsed.GetValue(name),
                    FirstPeriod = ReadMonth("--from", parsed.GetValue(from)!),
                    LastPeriod = ReadMonth("--to", parsed.GetValue(to)!),
                };
                await client.Policy.PlaceHoldAsync(hold, cancellationToken);
                return [AdministrationRows.Of(hold)];
            }
        );
    }

    private static Command Lift()
    {
        var name = new Argument<string>("name") { Description = "The hold's name." };
        return new ExchangeCommand("lift", "Lifts a legal hold.") { name }.Runs(
            async (client, parsed, cancellationToken) =>
                await client.Policy.LiftHoldAsync(parsed.GetValue(name)!, cancellationToken) is { } pending
                    ? [ApprovalRows.Of(pending)]
                    : [new JsonObject { ["hold"] = parsed.GetValue(name), ["lifted"] = true }]
        );
    }

    private static void Apply(uint? value, Action<uint> set)
    {
        if (value is { } given)
        {
            set(given);
        }
    }

    private static Option<uint?> Number(string name, string description) => new(name) { Description = description };

    private static Option<string> Month(string name, string description) =>
        new(name) { Description = description + " As 2026-11.", Required = true };

    private static uint ReadMonth(string option, string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
        && month.Year >= FirstYear
            ? (uint)(((month.Year - FirstYear) * MonthsAYear) + month.Month - 1)
            : throw new UsageException($"{option} is a month as 2026-11, from 1970-01 on.");
}
