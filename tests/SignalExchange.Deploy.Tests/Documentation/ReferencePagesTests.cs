using SignalExchange.Reference;

namespace SignalExchange.Deploy.Tests.Documentation;

/// <summary>The reference that is committed is what protos and libraries say today.</summary>
public sealed class ReferencePagesTests
{
    private const string Remedy = "Run: dotnet run -c Release --project client-sdk/SignalExchange.Reference -- .";

    private static readonly string Root = Path.GetDirectoryName(DeployFiles.Root)!;

    private static readonly Lazy<IReadOnlyList<Page>> Made = new(() => Pages.Make(Root));

    [Fact]
    public void Every_page_is_what_is_made_today()
    {
        var stale = Made
            .Value.Where(page =>
                !File.Exists(Path.Combine(Root, page.Path)) || DeployFiles.Read($"../{page.Path}") != page.Text
            )
            .Select(page => page.Path)
            .ToList();

        Assert.True(stale.Count == 0, $"{Remedy}\n{string.Join('\n', stale)}");
    }

    [Fact]
    public void There_is_no_other_page() =>
        Assert.Equal(
            Made.Value.Select(page => page.Path).Order(StringComparer.Ordinal),
            Pages
                .Folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder)))
                .Select(file => Path.GetRelativePath(Root, file))
                .Order(StringComparer.Ordinal)
        );

    [Fact]
    public void Services_fields_and_the_sdks_members_are_in_it_with_what_is_said_of_them()
    {
        var text = string.Concat(Made.Value.Select(page => page.Text));

        Assert.Contains("| `SubmitStream` | stream of [SubmitStreamRequest]", text, StringComparison.Ordinal);
        Assert.Contains("| `submission_id` = 1 | bytes | required; [Id16]", text, StringComparison.Ordinal);
        Assert.Contains("CheckBatchAsync(", text, StringComparison.Ordinal);
        Assert.Contains("* throws `SignalExchangeException`:", text, StringComparison.Ordinal);
    }
}
