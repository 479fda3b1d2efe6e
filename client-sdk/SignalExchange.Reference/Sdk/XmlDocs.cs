using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SignalExchange.Reference.Sdk;

/// <summary>What the documentation of a type or member says, in Markdown.</summary>
internal sealed partial class XmlDocs
{
    private readonly XElement _element;

    /// <summary>Reads it.</summary>
    /// <param name="element">The member's element of the documentation file.</param>
    public XmlDocs(XElement element) => _element = element;

    /// <summary>Gets whether it says something of its own: what Equals and Dispose do, everybody knows.</summary>
    public bool SaysSomething => _element.Elements().Any(it => it.Name.LocalName != "inheritdoc");

    /// <summary>Returns its paragraphs: the summary, each parameter, what it returns, its value, its exceptions, remarks.</summary>
    public IEnumerable<string> Paragraphs() =>
        [
            .. Texts("summary", static it => Text(it)),
            .. List("param", static it => $"* `{it.Attribute("name")!.Value}`: {Text(it)}"),
            .. Texts("returns", static it => $"Returns: {Text(it)}"),
            .. Texts("value", static it => $"Value: {Text(it)}"),
            .. List("exception", static it => $"* throws `{NameOf(it.Attribute("cref")!.Value)}`: {Text(it)}"),
            .. Texts("remarks", static it => Text(it)),
        ];

    private IEnumerable<string> Texts(string name, Func<XElement, string> write) =>
        _element.Elements(name).Select(write).Where(text => text.Length > 0);

    private IEnumerable<string> List(string name, Func<XElement, string> write)
    {
        var items = _element.Elements(name).Select(write).ToList();
        return items.Count == 0 ? [] : [string.Join('\n', items)];
    }

    private static string Text(XElement element) =>
        Blanks().Replace(string.Concat(element.Nodes().Select(Write)), " ").Trim();

    private static string Write(XNode node) =>
        node switch
        {
            XText text => text.Value.Replace("<", "&lt;", StringComparison.Ordinal),
            XElement { Name.LocalName: "see" or "seealso" } see => $"`{Target(see)}`",
            XElement { Name.LocalName: "paramref" or "typeparamref" } reference =>
                $"`{reference.Attribute("name")!.Value}`",
            XElement { Name.LocalName: "c" or "code" } code => $"`{code.Value.Trim()}`",
            XElement { Name.LocalName: "item" } item => string.Join(": ", item.Elements().Select(Text)) + "; ",
            XElement { Name.LocalName: "listheader" } => "",
            XElement other => Text(other) + " ",
            _ => "",
        };

    private static string Target(XElement see) =>
        see.Attribute("cref") is { } reference ? NameOf(reference.Value)
        : see.Attribute("langword") is { } word ? word.Value
        : see.Value;

    // M:Space.Type.Member(System.Int32) reads as Type.Member; T:Space.Type as Type.
    private static string NameOf(string id)
    {
        var parts = id[2..].Split('(')[0].Split('.');
        var name = id[0] is 'T' or '!' ? parts[^1] : string.Join('.', parts[^2..]);
        return Arity().Replace(name, "");
    }

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"`+\d+", RegexOptions.NonBacktracking)]
    private static partial Regex Arity();
}
