using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Audit.Export;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.People;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.Shards;
using SignalExchange.Grains.Templates;
using SignalExchange.Index.Templates;
using SignalExchange.KeyService;
using SignalExchange.Silo.Census;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Keys.Rotation;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Signals;
using SignalExchange.Silo.SignIn;
using SignalExchange.Storage.Postgres;

namespace SignalExchange.Silo.Operations;

/// <summary>The settings that this silo runs with, beside their defaults. A secret is never shown: that it is set, is.</summary>
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
    IOptions<PersonOptions> sessions,
    IOptions<CensusOptions> census,
    IOptions<DisputeOptions> disputes,
    IOptions<KeyServiceOptions> keys,
    IOptions<RotationOptions> rotation,
    IOptions<ShardOptions> shards,
    IOptions<TemplateOptions> templates,
    IOptions<GrowthOptions> growth,
    IOptions<SearchOptions> search,
    IOptions<ExportOptions> export,
    IOptions<AnomalyOptions> anomalies,
    IOptions<PostgresStorageOptions> postgres
)
{
    private const string Kept = "set";
    private static readonly string[] Secrets = ["ConnectionString", "Password", "Secret"];

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
            .Concat(Of("exchange.census", census.Value, new()))
            .Concat(Of("exchange.disputes", disputes.Value, new()))
            .Concat(Of("exchange.keys", keys.Value, new()))
            .Concat(Of("exchange.keys.rotation", rotation.Value, new()))
            .Concat(Of("exchange.shards", shards.Value, new()))
            .Concat(Of("exchange.templates", templates.Value, new()))
            .Concat(Of("exchange.templates.growth", growth.Value, new()))
            .Concat(Of("exchange.audit.search", search.Value, new()))
            .Concat(Of("exchange.audit.export", export.Value, new()))
            .Concat(Of("exchange.audit.anomalies", anomalies.Value, new()))
            .Concat(Of("exchange.storage.postgres", postgres.Value, new()))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal),
    ];

    private static IEnumerable<SettingInForce> Of<T>(string section, T options, T defaults)
        where T : class =>
        from property in typeof(T).GetProperties()
        where IsPlain(property.PropertyType)
        let value = ValueOf(property, options)
        select new SettingInForce
        {
            Name = $"{section}.{property.Name.ToLowerInvariant()}",
            Value = value,
            IsChanged = value != ValueOf(property, defaults),
        };

    // Sections of their own are listed by themselves; lists are counted.
    private static bool IsPlain(Type type) =>
        type.Namespace?.StartsWith("SignalExchange", StringComparison.Ordinal) != true || type.IsEnum;

    private static string ValueOf(PropertyInfo property, object options) =>
        property.GetValue(options) is { } value
            ? IsSecret(property.Name)
                ? Kept
                : TextOf(value)
            : "";

    // A connection string may hold a password. Files that hold secrets are named, and their names are none.
    private static bool IsSecret(string name) =>
        !name.EndsWith("File", StringComparison.Ordinal)
        && Secrets.Any(it => name.Contains(it, StringComparison.Ordinal));

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
