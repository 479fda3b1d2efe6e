using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;

namespace SignalExchange.Reference.Sdk;

/// <summary>A namespace in Markdown: its public types, and their public members with what their documentation says.</summary>
internal static class NamespacePage
{
    private static readonly SymbolDisplayFormat Signature = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        memberOptions: SymbolDisplayMemberOptions.IncludeParameters
            | SymbolDisplayMemberOptions.IncludeType
            | SymbolDisplayMemberOptions.IncludeModifiers,
        parameterOptions: SymbolDisplayParameterOptions.IncludeType
            | SymbolDisplayParameterOptions.IncludeName
            | SymbolDisplayParameterOptions.IncludeDefaultValue
            | SymbolDisplayParameterOptions.IncludeParamsRefOut
            | SymbolDisplayParameterOptions.IncludeExtensionThis,
        propertyStyle: SymbolDisplayPropertyStyle.ShowReadWriteDescriptor,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier
    );

    /// <summary>Writes a namespace's page.</summary>
    public static string Write(string name, IEnumerable<INamedTypeSymbol> types, Documented documented)
    {
        var text = new StringBuilder($"# {name}\n");
        foreach (var type in types.OrderBy(type => type.Name, StringComparer.Ordinal))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"\n## {Escaped(type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat))}\n"
            );
            Append(text, documented.Of(type));
            foreach (var member in Members(type, documented))
            {
                text.Append(CultureInfo.InvariantCulture, $"\n### `{member.ToDisplayString(Signature)}`\n");
                Append(text, documented.Of(member));
            }
        }

        return text.ToString();
    }

    // What is documented is what platforms use; what the compiler adds to records is not.
    private static IEnumerable<ISymbol> Members(INamedTypeSymbol type, Documented documented) =>
        type.GetMembers()
            .Where(member => member.DeclaredAccessibility == Accessibility.Public && !member.IsImplicitlyDeclared)
            .Where(member =>
                member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet }
            )
            .Where(member => member is not INamedTypeSymbol && documented.Of(member).SaysSomething)
            .OrderBy(member => member.Kind)
            .ThenBy(member => member.Name, StringComparer.Ordinal)
            .ThenBy(member => member.ToDisplayString(Signature), StringComparer.Ordinal);

    private static void Append(StringBuilder text, XmlDocs docs)
    {
        foreach (var paragraph in docs.Paragraphs())
        {
            text.Append('\n').Append(paragraph).Append('\n');
        }
    }

    private static string Escaped(string name) => name.Replace("<", "&lt;", StringComparison.Ordinal);
}
