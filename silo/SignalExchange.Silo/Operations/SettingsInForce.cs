using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Operations;

/// <summary>The settings that this silo runs with, beside their defaults. A secret is never shown: that it is set, is.</summary>
internal sealed class SettingsInForce(IServiceProvider services, IConfiguration configuration)
{
    private const string Kept = "set";
    private static readonly string[] Secrets = ["ConnectionString", "Password", "Secret"];

    /// <summary>Gets them, by name.</summary>
    public IReadOnlyList<SettingInForce> All { get; } =
    [
        .. SettingSections
            .All.Where(section => IsRead(services, section.Options))
            .SelectMany(section => Of(section.Name, ValueOf(services, section.Options)))
            .Append(Engine(StorageEngineExtensions.ReadEngine(configuration)))
            .OrderBy(setting => setting.Name, StringComparer.Ordinal),
    ];

    private static SettingInForce Engine(StorageEngine engine) =>
        new()
        {
            Name = "exchange.storage.engine",
            Value = engine.ToString(),
            IsChanged = engine != StorageEngine.Sqlite,
        };

    // A storage that this silo does not use is not set up from anything.
    private static bool IsRead(IServiceProvider services, Type options) =>
        services.GetServices(typeof(IConfigureOptions<>).MakeGenericType(options)).Any();

    private static object ValueOf(IServiceProvider services, Type options) =>
        ((IOptions<object>)services.GetRequiredService(typeof(IOptions<>).MakeGenericType(options))).Value;

    private static IEnumerable<SettingInForce> Of(string section, object options)
    {
        var defaults = Activator.CreateInstance(options.GetType())!;
        foreach (var property in options.GetType().GetProperties())
        {
            var name = $"{section}.{property.Name.ToLowerInvariant()}";
            if (IsPlain(property.PropertyType))
            {
                var value = ValueOf(property, options);
                yield return new()
                {
                    Name = name,
                    Value = value,
                    IsChanged = value != ValueOf(property, defaults),
                };
            }
            else if (property.GetValue(options) is { } nested)
            {
                foreach (var setting in Of(name, nested))
                {
                    yield return setting;
                }
            }
        }
    }

    // Sections within a section have settings of their own; lists are counted.
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
