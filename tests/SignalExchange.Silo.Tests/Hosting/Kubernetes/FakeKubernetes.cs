using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Silo.Tests.Hosting.Kubernetes;

/// <summary>What a silo asks of Kubernetes' API, on loopback: a namespace with one pod, which bears the labels of its cluster.</summary>
internal sealed class FakeKubernetes : IAsyncDisposable
{
    public const string Namespace = "exchange";
    public const string Pod = "signalexchange-0";

    private const string Pods = $"/api/v1/namespaces/{Namespace}/pods";

    private readonly WebApplication _app;

    private FakeKubernetes(WebApplication app)
    {
        _app = app;
        app.Use(
            (context, next) =>
            {
                Asked.Enqueue(DescribeOf(context.Request));
                return next(context);
            }
        );
        app.MapGet($"{Pods}/{Pod}", static () => Json(PodObject()));
        app.MapGet(Pods, static (HttpContext context) => IsWatch(context.Request) ? Watch(context) : List());
    }

    /// <summary>Gets what was asked, in order: the verb, as roles name it, and the labels that pods are chosen by.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public KubernetesClientConfiguration Client => new() { Host = _app.Urls.First() };

    public static async Task<FakeKubernetes> Start(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var kubernetes = new FakeKubernetes(builder.Build());
        await kubernetes._app.StartAsync(cancellationToken);
        return kubernetes;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string DescribeOf(HttpRequest request)
    {
        var verb = request.Method switch
        {
            "GET" when request.Path == Pods => IsWatch(request) ? "watch" : "list",
            "GET" => "get",
            var other => other,
        };
        return $"{verb} {request.Query["labelSelector"]}".TrimEnd();
    }

    private static bool IsWatch(HttpRequest request) => request.Query["watch"] == "true";

    private static IResult List() =>
        Json(
            new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "PodList",
                ["metadata"] = new JsonObject(),
                ["items"] = new JsonArray(PodObject()),
            }
        );

    // Nothing happens to pods here; the watch lasts until the silo has enough of it, or this ends.
    private static IResult Watch(HttpContext context) =>
        Results.Stream(
            async body =>
            {
                await body.FlushAsync(context.RequestAborted);
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            },
            "application/json"
        );

    private static JsonObject PodObject() =>
        new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = Pod,
                ["namespace"] = Namespace,
                ["labels"] = new JsonObject
                {
                    ["orleans/clusterId"] = "signalexchange",
                    ["orleans/serviceId"] = "signalexchange",
                },
            },
        };

    private static IResult Json(JsonObject it) => Results.Text(it.ToJsonString(), "application/json");
}
