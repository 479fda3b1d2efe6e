using System.Globalization;
using System.Text;
using Google.Protobuf.Reflection;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Reference.Protos;

/// <summary>A proto in Markdown: its services, messages and enums, in the order of the file.</summary>
internal sealed class ProtoPage
{
    private readonly StringBuilder _text = new();
    private readonly FileDescriptorProto _file;
    private readonly Commented _comments;
    private readonly TypeNames _names;

    private ProtoPage(FileDescriptorProto file, TypeNames names) =>
        (_file, _comments, _names) = (file, new(file), names);

    /// <summary>Writes a file's page.</summary>
    public static string Write(FileDescriptorProto file, TypeNames names)
    {
        var page = new ProtoPage(file, names);
        page.Line($"# {Path.GetFileNameWithoutExtension(file.Name)}").Line().Line($"`{file.Name}`");
        foreach (var (place, service) in file.Service.Index())
        {
            page.Service(place, service);
        }

        foreach (var (place, message) in file.MessageType.Index())
        {
            page.Message(place, message);
        }

        foreach (var (place, kind) in file.EnumType.Index())
        {
            page.Enum(place, kind);
        }

        return page._text.ToString();
    }

    private void Service(int place, ServiceDescriptorProto service)
    {
        Heading(service.Name, _comments.On(Commented.Service, place))
            .Line("| method | takes | answers | |")
            .Line("|---|---|---|---|");
        foreach (var (number, method) in service.Method.Index())
        {
            var takes = (method.ClientStreaming ? "stream of " : "") + _names.Link(method.InputType);
            var answers = (method.ServerStreaming ? "stream of " : "") + _names.Link(method.OutputType);
            var comment = _comments.On(Commented.Service, place, Commented.Part, number);
            Line($"| `{method.Name}` | {takes} | {answers} | {comment} |");
        }
    }

    private void Message(int place, DescriptorProto message)
    {
        Heading(message.Name, _comments.On(Commented.Message, place));
        if (message.Field.Count == 0)
        {
            return;
        }

        Line("| field | type | | |").Line("|---|---|---|---|");
        foreach (var (number, field) in message.Field.Index())
        {
            var comment = _comments.On(Commented.Message, place, Commented.Part, number);
            Line($"| `{field.Name}` = {field.Number} | {_names.Of(field)} | {Declared(field, message)} | {comment} |");
        }
    }

    private void Enum(int place, EnumDescriptorProto kind)
    {
        Heading(kind.Name, _comments.On(Commented.Enum, place)).Line("| value | |").Line("|---|---|");
        foreach (var (number, value) in kind.Value.Index())
        {
            var comment = _comments.On(Commented.Enum, place, Commented.Part, number);
            Line($"| `{value.Name}` = {value.Number} | {comment} |");
        }
    }

    // What the exchange enforces: SignalExchange.Contracts/Forms.
    private static string Declared(FieldDescriptorProto field, DescriptorProto message)
    {
        var options = field.Options ?? new FieldOptions();
        var parts = new List<string>();
        if (options.GetExtension(FieldFormatExtensions.Required))
        {
            parts.Add("required");
        }

        if (field is { HasOneofIndex: true, Proto3Optional: false })
        {
            parts.Add($"one of `{message.OneofDecl[field.OneofIndex].Name}`");
        }

        if (field.Proto3Optional)
        {
            parts.Add("optional");
        }

        if (options.GetExtension(FieldFormatExtensions.Format) is not FieldFormat.Unspecified and var format)
        {
            parts.Add($"[{format}](field_format.md#fieldformat)");
        }

        if (options.GetExtension(FieldFormatExtensions.MaxItems) is > 0 and var most)
        {
            parts.Add("at most " + most.ToString("N0", CultureInfo.InvariantCulture));
        }

        return string.Join("; ", parts);
    }

    private ProtoPage Heading(string name, string comment) => Line().Line($"## {name}").Line().Line(comment).Line();

    private ProtoPage Line(string text = "")
    {
        _text.Append(text).Append('\n');
        return this;
    }
}
