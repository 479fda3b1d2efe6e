using SignalExchange.Demo;

namespace SignalExchange.Cluster.Tests;

/// <summary>The story of <c>./run.sh demo</c>, shorter: real processes, a real SIGKILL, a real search.</summary>
public sealed class StoryTests
{
    [Fact]
    public async Task Every_line_of_the_story_holds()
    {
        var folder = Directory.CreateTempSubdirectory("signalexchange-story-").FullName;
        var story = new Story(DemoOptions.Parse(["--folder", folder, "--scale", "0.25"]));

        Assert.True(await story.Play(TestContext.Current.CancellationToken), $"See the output, and {folder}.");

        Directory.Delete(folder, recursive: true);
    }
}
