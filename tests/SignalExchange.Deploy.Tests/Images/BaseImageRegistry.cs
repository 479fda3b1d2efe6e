using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SignalExchange.Deploy.Tests.Images;

/// <summary>
/// A registry on loopback with one base image, since the machine that tests may reach no other: what the SDK asks of OCI's distribution API to build on it.
/// </summary>
/// <remarks>The base has Microsoft's variables and one file. What lies in theirs is theirs to test; what we lay on it is ours.</remarks>
internal sealed class BaseImageRegistry : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.docker.distribution.manifest.v2+json";

    private readonly WebApplication _app;
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly byte[] _manifest;

    private BaseImageRegistry(WebApplication app)
    {
        _app = app;
        var tar = MakeLayer();
        LayerDigest = Digest(tar);
        _manifest = MakeManifest(Keep(Configuration(LayerDigest)), Keep(Compress(tar)));
        app.MapGet("/v2/", static () => Results.Ok());
        app.MapMethods("/v2/base/manifests/{reference}", ["GET", "HEAD"], Manifest);
        app.MapGet("/v2/base/blobs/{digest}", (string digest) => Results.Bytes(_blobs[digest]));
    }

    /// <summary>Gets what the digest of the base's only layer is, uncompressed.</summary>
    public string LayerDigest { get; }

    /// <summary>Gets the image's name, as ContainerBaseImage takes it.</summary>
    public string Image => $"localhost:{new Uri(_app.Urls.First()).Port}/base:1";

    public static async Task<BaseImageRegistry> Start(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var registry = new BaseImageRegistry(builder.Build());
        await registry._app.StartAsync(cancellationToken);
        return registry;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private IResult Manifest(HttpResponse response)
    {
        response.Headers["Docker-Content-Digest"] = Digest(_manifest);
        return Results.Bytes(_manifest, ManifestType);
    }

    private byte[] Keep(byte[] blob) => _blobs[Digest(blob)] = blob;

    private static byte[] MakeLayer()
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
        {
            using var content = new MemoryStream("app:x:1654:1654::/home/app:/bin/false\n"u8.ToArray());
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, "etc/passwd")
                {
                    DataStream = content,
                    ModificationTime = DateTimeOffset.UnixEpoch,
                }
            );
        }

        return bytes.ToArray();
    }

    private static byte[] Configuration(string layer) =>
        Encode(
            new JsonObject
            {
                ["architecture"] = "amd64",
                ["os"] = "linux",
                ["config"] = new JsonObject
                {
                    ["Env"] = new JsonArray("PATH=/usr/bin:/bin", "APP_UID=1654", "ASPNETCORE_HTTP_PORTS=8080"),
                },
                ["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = new JsonArray(layer) },
                ["history"] = new JsonArray(new JsonObject { ["created_by"] = "the tests" }),
            }
        );

    private static byte[] MakeManifest(byte[] configuration, byte[] layer) =>
        Encode(
            new JsonObject
            {
                ["schemaVersion"] = 2,
                ["mediaType"] = ManifestType,
                ["config"] = Descriptor("application/vnd.docker.container.image.v1+json", configuration),
                ["layers"] = new JsonArray(Descriptor("application/vnd.docker.image.rootfs.diff.tar.gzip", layer)),
            }
        );

    private static JsonObject Descriptor(string type, byte[] blob) =>
        new()
        {
            ["mediaType"] = type,
            ["size"] = blob.Length,
            ["digest"] = Digest(blob),
        };

    private static byte[] Compress(byte[] tar)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(tar);
        }

        return bytes.ToArray();
    }

    private static byte[] Encode(JsonObject json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    private static string Digest(byte[] bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
