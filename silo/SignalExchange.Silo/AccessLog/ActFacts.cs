using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>What the entry of an act that is about to be done says of it: what it was asked to do, since nothing has changed yet.</summary>
internal static class ActFacts
{
    // With a prefix of its own: nobody who reads the log should take what was asked for for what was done.
    private const string Prefix = "asked.";
    private const int MostLevels = 4;

    /// <summary>Returns what an act asks for, field by field. Never a code, a signature or a key.</summary>
    /// <remarks>The request was not looked at yet: what does not have its field's form is left out.</remarks>
    public static IReadOnlyCollection<LogChange> AskedBy(IMessage request) => [.. FactsOf(request, Prefix, MostLevels)];

    private static IEnumerable<LogChange> FactsOf(IMessage message, string path, int levels) =>
        levels == 0
            ? []
            : message.Descriptor.Fields.InFieldNumberOrder().SelectMany(field => FactsOf(message, field, path, levels));

    private static IEnumerable<LogChange> FactsOf(IMessage message, FieldDescriptor field, string path, int levels)
    {
        if (field.HasPresence && !field.Accessor.HasValue(message))
        {
            return [];
        }

        var value = field.Accessor.GetValue(message);
        var values = value is IList items ? items.Cast<object>() : [value];
        var setting = path + field.Name;
        return field.FieldType == FieldType.Message
            ? values.OfType<IMessage>().SelectMany(it => FactsOf(it, $"{setting}.", levels - 1))
            : values.Select(it => TextOf(field, it)).OfType<string>().Select(it => Change(setting, it));
    }

    private static LogChange Change(string setting, string value) => new() { Setting = setting, NewValue = value };

    private static string? TextOf(FieldDescriptor field, object value)
    {
        var format = field.GetOptions()?.GetExtension(FieldFormatExtensions.Format) ?? FieldFormat.Unspecified;
        var text = value switch
        {
            string name when IsOpen(format) && FieldFormats.Fits(format, name) => name,
            ByteString bytes when IsOpen(format) && FieldFormats.Fits(format, bytes) => Convert.ToHexStringLower(
                bytes.Span
            ),
            string or ByteString => null,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture),
        };
        return text?.Length > 0 && FieldFormats.Fits(FieldFormat.Setting, text) ? text : null;
    }

    private static bool IsOpen(FieldFormat format) =>
        format
            is FieldFormat.Slug
                or FieldFormat.Country
                or FieldFormat.Version
                or FieldFormat.KeyId
                or FieldFormat.Thumbprint
                or FieldFormat.Id16
                or FieldFormat.Digest;
}
