using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace SignalExchange.Reference.Sdk;

/// <summary>The documentation files that the compiler wrote beside libraries, member by member.</summary>
internal sealed class Documented
{
    private static readonly XElement Nothing = new("member");

    private readonly Dictionary<string, XElement> _members;

    /// <summary>Reads the files beside the libraries.</summary>
    public Documented(IEnumerable<string> libraries) =>
        _members = libraries
            .SelectMany(library => XDocument.Load(Path.ChangeExtension(library, ".xml")).Descendants("member"))
            .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>Returns what is said of a type or member.</summary>
    public XmlDocs Of(ISymbol symbol) =>
        new(_members.GetValueOrDefault(symbol.GetDocumentationCommentId() ?? "", Nothing));
}
