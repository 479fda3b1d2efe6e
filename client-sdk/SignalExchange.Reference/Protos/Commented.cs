using Google.Protobuf.Reflection;

namespace SignalExchange.Reference.Protos;

/// <summary>Finds the comments of a file's parts: a part is named by field numbers and places, as descriptor.proto says.</summary>
internal sealed class Commented
{
    /// <summary>Numbers of FileDescriptorProto: its messages, enums and services.</summary>
    public const int Message = FileDescriptorProto.MessageTypeFieldNumber;

    /// <summary>Enums.</summary>
    public const int Enum = FileDescriptorProto.EnumTypeFieldNumber;

    /// <summary>Services.</summary>
    public const int Service = FileDescriptorProto.ServiceFieldNumber;

    /// <summary>Fields of a message, values of an enum and methods of a service have the same number.</summary>
    public const int Part = DescriptorProto.FieldFieldNumber;

    private readonly Dictionary<string, string> _comments;

    /// <summary>Reads a file's comments.</summary>
    public Commented(FileDescriptorProto file) =>
        _comments = file
            .SourceCodeInfo.Location.Where(location => location.HasLeadingComments)
            .ToDictionary(location => Key(location.Path), location => Joined(location.LeadingComments));

    /// <summary>Returns a part's comment on one line, fit for a cell of a table; empty if it has none.</summary>
    public string On(params int[] path) => _comments.GetValueOrDefault(Key(path), "");

    private static string Key(IEnumerable<int> path) => string.Join('.', path);

    // Blank lines of a comment end a paragraph; in a table it is one.
    private static string Joined(string comment) =>
        string.Join(' ', comment.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Replace("|", "\\|", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal);
}
