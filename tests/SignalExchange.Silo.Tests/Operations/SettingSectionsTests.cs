using System.Reflection;
using SignalExchange.Silo.Operations;

namespace SignalExchange.Silo.Tests.Operations;

/// <summary>Whatever is read from the configuration is among the settings that people are shown.</summary>
public sealed class SettingSectionsTests
{
    // Parts of a section; what hosting code sets from other settings; and what a caller of a library says.
    private static readonly string[] NoSections =
    [
        "WitnessOptions",
        "AzureStorageAccountOptions",
        "ProviderOptions",
        "SqliteStorageOptions",
        "SqliteAccessLogOptions",
        "LogVerifierOptions",
    ];

    [Fact]
    public void Every_options_class_of_the_server_is_a_section()
    {
        var shown = SettingSections.All.Select(section => section.Options).ToHashSet();

        var server = typeof(SettingSections).Assembly;
        var options = server
            .GetReferencedAssemblies()
            .Where(it => it.Name!.StartsWith("SignalExchange.", StringComparison.Ordinal))
            .Select(Assembly.Load)
            .Append(server)
            .SelectMany(it => it.GetTypes())
            .Where(type =>
                type is { IsPublic: true, IsAbstract: false } && type.Name.EndsWith("Options", StringComparison.Ordinal)
            )
            .ToList();

        Assert.Contains(options, type => type.Name == "IndexOptions");
        Assert.Empty(
            options.Where(type => !shown.Contains(type) && !NoSections.Contains(type.Name)).Select(it => it.FullName)
        );
    }
}
