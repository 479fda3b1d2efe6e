using SignalExchange.Silo.Operations;

namespace SignalExchange.Silo.Tests.Operations;

/// <summary>Whatever is read from the configuration is among the settings that people are shown.</summary>
public sealed class SettingSectionsTests
{
    // Parts of a section's list; what hosting code sets from other settings; and what is made of settings.
    private static readonly string[] NoSections =
    [
        "WitnessOptions",
        "AzureStorageAccountOptions",
        "ProviderOptions",
        "SqliteStorageOptions",
        "SqliteAccessLogOptions",
    ];

    [Fact]
    public void Every_options_class_of_the_server_is_a_section()
    {
        var shown = SettingSections.All.Select(section => section.Options).ToHashSet();

        var options = AppDomain
            .CurrentDomain.GetAssemblies()
            .Where(it => it.GetName().Name is { } name && IsOfServer(name))
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

    private static bool IsOfServer(string assembly) =>
        assembly.StartsWith("SignalExchange.", StringComparison.Ordinal)
        && !assembly.Contains("Test", StringComparison.Ordinal)
        && !assembly.Contains("Client", StringComparison.Ordinal);
}
