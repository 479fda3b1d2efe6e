using System.Text.Json.Nodes;
using SignalExchange.Deploy.Tests.Kubernetes;
using SignalExchange.Deploy.Tests.Schemas;
using YamlDotNet.RepresentationModel;

namespace SignalExchange.Deploy.Tests.Observability;

/// <summary>The collector's configuration holds together: what a pipeline names is configured, and what is configured is used.</summary>
public sealed class CollectorTests
{
    private static readonly YamlNode Config = DeployFiles.Yaml("observability/collector/config.yaml")[0];

    [Fact]
    public void Every_field_is_one_that_its_component_has() =>
        Assert.Equal("", SchemaFile.Collector.ComplaintsOf(YamlJson.Of(Config)!));

    [Theory]
    [InlineData("exporters", "otlp", "sending_queue", "queue_sise")]
    [InlineData("receivers", "otlp", "protocols", "grcp")]
    [InlineData("processors", "memory_limiter", "check_interval", null)]
    public void A_field_that_is_misspelt_or_of_another_kind_is_found(
        string kind,
        string name,
        string part,
        string? wrong
    )
    {
        var config = YamlJson.Of(Config)!;
        var at = config[kind]![name]!;
        if (wrong is null)
        {
            at[part] = 1;
        }
        else
        {
            at[part]![wrong] = new JsonObject();
        }

        Assert.Contains($"/{kind}/{name}/{part}", SchemaFile.Collector.ComplaintsOf(config), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("receivers")]
    [InlineData("processors")]
    [InlineData("exporters")]
    public void Pipelines_name_what_is_configured_and_all_of_it(string kind)
    {
        var used = Pipelines()
            .SelectMany(pipeline => pipeline.Value.Each(kind))
            .Select(it => it.ToString())
            .ToHashSet();

        Assert.Equal(Keys(Config.At(kind)).Order(), used.Order());
    }

    [Fact]
    public void All_three_signals_are_taken() =>
        Assert.Equal(["logs", "metrics", "traces"], Pipelines().Select(it => it.Key).Order());

    [Fact]
    public void Memory_is_bounded_before_anything_is_kept() =>
        Assert.All(Pipelines(), it => Assert.Equal("memory_limiter", it.Value.Each("processors").First().ToString()));

    [Fact]
    public void Nothing_is_taken_without_tls() =>
        Assert.All(
            ((YamlMappingNode)Config.At("receivers", "otlp", "protocols")!).Children.Values,
            protocol => Assert.NotNull(protocol.Text("tls", "cert_file"))
        );

    private static IEnumerable<KeyValuePair<string, YamlNode>> Pipelines() =>
        ((YamlMappingNode)Config.At("service", "pipelines")!).Children.Select(it =>
            KeyValuePair.Create(it.Key.ToString(), it.Value)
        );

    private static IEnumerable<string> Keys(YamlNode? node) =>
        ((YamlMappingNode)node!).Children.Keys.Select(key => key.ToString());
}
