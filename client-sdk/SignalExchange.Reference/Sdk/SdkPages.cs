using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SignalExchange.Client;
using SignalExchange.Client.Testing;
using SignalExchange.Tokens;

namespace SignalExchange.Reference.Sdk;

/// <summary>The pages of the SDK: one a namespace that platforms use, from the libraries' documentation.</summary>
internal static class SdkPages
{
    /// <summary>Where they lie.</summary>
    public const string Folder = "client-sdk/docs/api";

    private static readonly string[] Libraries =
    [
        typeof(SignalExchangeClient).Assembly.Location,
        typeof(FakeSignalExchange).Assembly.Location,
        typeof(Identifier).Assembly.Location,
    ];

    /// <summary>Makes them.</summary>
    public static IEnumerable<Page> Make()
    {
        var spaces = Read();
        var documented = new Documented(Libraries);
        return spaces
            .Select(space => new Page(PathOf(space.Key), NamespacePage.Write(space.Key, space, documented)))
            .Prepend(Index(spaces));
    }

    private static string PathOf(string space) => Path.Combine(Folder, space + ".md");

    private static List<IGrouping<string, INamedTypeSymbol>> Read()
    {
        var references = Libraries.ToDictionary(
            library => library,
            library => MetadataReference.CreateFromFile(library)
        );
        var runtime = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(file => !references.ContainsKey(file))
            .Select(file => MetadataReference.CreateFromFile(file));
        var compilation = CSharpCompilation.Create("reference", references: [.. references.Values, .. runtime]);
        return
        [
            .. references
                .Values.Select(it => (IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(it)!)
                .SelectMany(it => TypesOf(it.GlobalNamespace))
                .Where(type => type.DeclaredAccessibility == Accessibility.Public)
                .GroupBy(type => type.ContainingNamespace.ToDisplayString(), StringComparer.Ordinal)
                .OrderBy(space => space.Key, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space) =>
        space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(TypesOf));

    private static Page Index(IEnumerable<IGrouping<string, INamedTypeSymbol>> spaces)
    {
        var text = new StringBuilder(
            """
            # The SDK

            Made from the libraries' documentation by `dotnet run --project client-sdk/SignalExchange.Reference -- .`; a test fails when it is not what they say.
            Begin with the [quick start](../quick-start.md). Messages of the contract (`SignalExchange.Contracts.V1`): [the contract](../../../contracts/docs/api/README.md).

            | namespace | types |
            |---|---|

            """
        );
        foreach (var space in spaces)
        {
            var types = space.Select(type => $"`{type.Name}`").Order(StringComparer.Ordinal);
            text.Append(
                CultureInfo.InvariantCulture,
                $"| [{space.Key}]({space.Key}.md) | {string.Join(", ", types)} |\n"
            );
        }

        return new(Path.Combine(Folder, "README.md"), text.ToString());
    }
}
