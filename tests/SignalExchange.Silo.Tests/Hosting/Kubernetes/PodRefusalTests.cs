using Microsoft.Extensions.Options;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Tests.Hosting.Kubernetes;

/// <summary>A silo that is to be a pod and is none, or is found elsewhere than its pod, does not start and says why.</summary>
public sealed class PodRefusalTests
{
    private const string Setting = "Exchange:Cluster:Kubernetes";

    private static readonly KubernetesPod Whole = new("signalexchange-0", "exchange", "192.0.2.7", HasAccount: true);

    [Fact]
    public async Task Outside_kubernetes_the_setting_is_refused_with_all_that_is_missing()
    {
        using var folder = new TemporaryFolder();
        string[] settings =
        [
            "--Exchange:DataDirectory",
            folder.Path,
            .. PostgresSettings.Of("Host=127.0.0.1;Database=exchange;Username=exchange"),
            $"--{Setting}",
            "true",
        ];

        var refused = await Assert.ThrowsAnyAsync<Exception>(() =>
            ServeCommand.Build(settings, TestContext.Current.CancellationToken)
        );

        var lines = StartFailure.LinesOf(refused);
        Assert.All(
            KubernetesPod.Variables,
            it => Assert.Contains(lines, line => line.Contains($"no {it.Variable};", StringComparison.Ordinal))
        );
        Assert.Contains(lines, line => line.Contains("token of a service account", StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_pod_that_was_told_everything_and_is_found_at_its_address_starts() =>
        Assert.True(Validate(Whole, Whole.Address!).Succeeded);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("192.0.2.8")]
    public void An_address_that_is_not_the_pods_is_refused(string address) =>
        Assert.Contains("'192.0.2.7'", Validate(Whole, address).FailureMessage, StringComparison.Ordinal);

    [Fact]
    public void An_address_may_be_written_in_another_way_than_kubernetes_does() =>
        Assert.True(Validate(Whole with { Address = "2001:db8::7" }, "2001:0DB8:0:0:0:0:0:7").Succeeded);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_variable_is_none(string? value) =>
        Assert.Contains(
            "no POD_NAMESPACE;",
            Assert.Single(Validate(Whole with { Namespace = value }, Whole.Address!).Failures!),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_pod_without_an_account_is_refused() =>
        Assert.Contains(
            "service account",
            Validate(Whole with { HasAccount = false }, Whole.Address!).FailureMessage,
            StringComparison.Ordinal
        );

    private static ValidateOptionsResult Validate(KubernetesPod pod, string address) =>
        new KubernetesPodValidator(pod).Validate(null, new() { Address = address, Kubernetes = true });
}
