using System.Collections;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Grains.Quotas;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Signals;
using SignalExchange.Silo.SignIn;

namespace SignalExchange.Silo.Operations;

/// <summary>The settings that this silo runs with, beside their defaults. What is a secret is in files, and only their names are settings.</summary>
internal sealed class SettingsInForce(
    IOptions<ExchangeOptions> exchange,
    IOptions<SecurityOptions> security,
    IOptions<AccessLogOptions> log,
    IOptions<QuotaOptions> quotas,
    IOptions<BurstOptions> bursts,
    IOptions<LoadOptions> load,
    IOptions<ConnectionOptions> connections,
    IOptions<SignalOptions> signals,
    IOptions<SignInOptions> signIn,
    IOptions<PersonOptions> sessions
)
{
    private const string Kept = "set";

    /// <summary>Gets them, by name.</summary>
    public IReadOnlyList<SettingInForce> All { get; } =
    [
        .. Of("exchange", exchange.Value, new())
            .Concat(Of("exchange.security", security.Value, new()))
            .Concat(Of("exchange.accesslog", log.Value, new()))
            .Concat(Of("exchange.quotas", quotas.Value, new()))
            .Concat(Of("exchange.quotas.burst", bursts.Value, new()))
            .Concat(Of("exchange.load", load.Value, new()))
            .Concat(Of("exchange.connections", connections.Value, new()))
            .Concat(Of("exchange.signals", signals.Value, new()))
            .Concat(Of("exchange.signin", signIn.Value, new()))
            .Concat(Of("exchange.signin.sessions", sessions.Value, new()))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<SettingInForce> Of<T>(string section, T options, T defaults)
        where T : class =>
        from property in typeof(T).GetProperties()
        where IsPlain(property.PropertyType)
        let value = TextOf(property.GetValue(options))
        select new SettingInForce
        {
            Name = $"{section}.{property.Name.ToLowerInvariant()}",
            Value = value,
            IsChanged = value != TextOf(property.GetValue(defaults)),
        };

    // Sections of their own are listed by themselves; lists are counted.
    private static bool IsPlain(Type type) =>
        type.Namespace?.StartsWith("SignalExchange", StringComparison.Ordinal) != true || type.IsEnum;

    private static string TextOf(object? value)
    {
        var text = value switch
        {
            null => "",
            ICollection list => list.Count.ToString(CultureInfo.InvariantCulture),
            IEnumerable and not string => Kept,
            bool flag => flag ? "true" : "false",
            _ => string.Format(CultureInfo.InvariantCulture, "{0}", value),
        };
        return FieldFormats.Fits(FieldFormat.Setting, text) ? text : Fitting(text);
    }

    // The form of a setting has no room for every path: what does not fit is shown as an underscore.
    private static string Fitting(string text)
    {
        var fitting = new StringBuilder(text.Length);
        foreach (var letter in text.Take(128))
        {
            fitting.Append(
                char.IsAsciiLetterOrDigit(letter) || ".,:/+_-".Contains(letter, StringComparison.Ordinal) ? letter : '_'
            );
        }

        return fitting.ToString();
    }
}
