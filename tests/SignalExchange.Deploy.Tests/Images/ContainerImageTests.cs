using System.Text.Json.Nodes;
using SignalExchange.Deploy.Tests.Kubernetes;

namespace SignalExchange.Deploy.Tests.Images;

/// <summary>The image holds the exchange and nothing of the machine that made it, and starts as the user that the manifests run it as.</summary>
public sealed class ContainerImageTests(ImageFixture image) : IClassFixture<ImageFixture>
{
    private const string User = "1654";
    private const UnixFileMode WritableByOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private JsonNode Config => image.Configuration["config"]!;

    [Fact]
    public void It_has_the_version_of_the_manifests_and_runs_as_their_user()
    {
        Assert.All(
            Overlays.Exchanges,
            folder =>
            {
                Assert.EndsWith(
                    "/" + image.Name,
                    (string?)Overlays.Container(folder)["image"],
                    StringComparison.Ordinal
                );
                Assert.Equal(User, Overlays.Pod(folder)["spec"]!["securityContext"]!["runAsUser"]!.ToString());
            }
        );
        Assert.Equal(User, (string?)Config["User"]);
    }

    [Fact]
    public void It_opens_the_ports_of_the_manifests()
    {
        var exposed = Config["ExposedPorts"]!.AsObject().Select(it => it.Key).ToList();

        Assert.All(
            Overlays.Container(Overlays.Exchanges[0])["ports"]!.AsArray(),
            port => Assert.Contains($"{port!["containerPort"]}/tcp", exposed)
        );
        Assert.DoesNotContain("8080/tcp", exposed);
    }

    [Fact]
    public void Nobody_attaches_to_it() => Assert.Contains("DOTNET_EnableDiagnostics=0", Variables());

    [Fact]
    public void The_exchange_lies_on_the_base_with_all_that_it_needs_and_no_secret()
    {
        Assert.Equal(image.BaseLayer, (string?)image.Configuration["rootfs"]!["diff_ids"]!.AsArray()[0]);
        var files = image.Files.Select(it => it.Path.TrimStart('/')).ToList();
        Assert.Contains("app/SignalExchange.Silo.dll", files);
        Assert.Contains("app/SignalExchange.Silo.runtimeconfig.json", files);
        Assert.Contains(files, it => it.EndsWith("libsodium.so", StringComparison.Ordinal));
        Assert.DoesNotContain(
            files,
            it =>
                Path.GetExtension(it) is ".pem" or ".key" or ".db"
                || it.Contains("Development", StringComparison.Ordinal)
        );
        Assert.DoesNotContain(image.Files, it => (it.Mode & WritableByOthers) != UnixFileMode.None);
    }

    [Fact]
    public async Task What_lies_in_it_starts_and_is_alive()
    {
        var command = Config["Entrypoint"]!.AsArray().Select(it => (string)it!).ToArray();
        Assert.Equal(["dotnet", "/app/SignalExchange.Silo.dll"], command);

        await using var exchange = new UnpackedExchange(image.Root, command[1], User, Variables());

        Assert.Equal("Healthy", await exchange.Ask("/live", Ct));
    }

    private IEnumerable<string> Variables() => Config["Env"]!.AsArray().Select(it => (string)it!);
}
