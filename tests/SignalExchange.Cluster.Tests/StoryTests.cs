using System.Globalization;
using SignalExchange.Cluster.Tests.Verifiers;
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

        await MustBeReadByOthers(folder, Path.Combine(folder, "exchange", "log", "silo-1"));
        Directory.Delete(folder, recursive: true);
    }

    // The formats are C2SP's, so a program that knows nothing of this project finds the log sound, and finds any byte that is not.
    private static async Task MustBeReadByOthers(string folder, string log)
    {
        var others = await GoVerifier.Build(folder);
        var (exitCode, output) = await others.Verify(log);
        Assert.True(exitCode == 0, output);
        Assert.EndsWith(" entries verified\n", output, StringComparison.Ordinal);

        var size = int.Parse(output.Split(' ')[0], CultureInfo.InvariantCulture);
        var first = size < 256 ? $"000.p/{size}" : "000";
        foreach (var file in new[] { "checkpoint", $"tile/entries/{first}", $"tile/0/{first}" })
        {
            var path = Path.Combine(log, file);
            var sound = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            await File.WriteAllBytesAsync(path, Flipped(sound), TestContext.Current.CancellationToken);
            Assert.True((await others.Verify(log)).ExitCode == 1, file);
            await File.WriteAllBytesAsync(path, sound, TestContext.Current.CancellationToken);
        }
    }

    private static byte[] Flipped(byte[] bytes)
    {
        byte[] flipped = [.. bytes];
        flipped[bytes.Length / 2] ^= 1;
        return flipped;
    }
}
