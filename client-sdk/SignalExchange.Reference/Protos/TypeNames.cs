using Google.Protobuf.Reflection;

namespace SignalExchange.Reference.Protos;

/// <summary>Links the names of types to where they are described.</summary>
internal sealed class TypeNames
{
    private readonly Dictionary<string, string> _pages = new(StringComparer.Ordinal);

    /// <summary>Remembers the types of all files.</summary>
    public TypeNames(IEnumerable<FileDescriptorProto> files)
    {
        foreach (var file in files)
        {
            foreach (var name in file.MessageType.Select(it => it.Name).Concat(file.EnumType.Select(it => it.Name)))
            {
                _pages[$".{file.Package}.{name}"] = ProtoPages.FileNameOf(file);
            }
        }
    }

    /// <summary>Returns a field's type: a link if it is ours.</summary>
    public string Of(FieldDescriptorProto field)
    {
        var name = field.HasTypeName ? Link(field.TypeName) : field.Type.ToString().ToLowerInvariant();
        return field.Label == FieldDescriptorProto.Types.Label.Repeated ? $"list of {name}" : name;
    }

    /// <summary>Returns a message's name as a link if it is ours.</summary>
    public string Link(string typeName)
    {
        var name = typeName[(typeName.LastIndexOf('.') + 1)..];
        return _pages.TryGetValue(typeName, out var page) ? $"[{name}]({page}#{name.ToLowerInvariant()})" : name;
    }
}
