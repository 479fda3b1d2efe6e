using System.Security.Cryptography;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.Client.Credentials;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Health;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Benchmarks.Exchanges;

/// <summary>The exchange's own host in this process, with one member, as an operator starts it.</summary>
internal sealed class ExchangeServer : IAsyncDisposable
{
    private ExchangeServer(WebApplication app, Uri address, string keyId) =>
        (App, Address, KeyId) = (app, address, keyId);

    /// <summary>Gets the host.</summary>
    public WebApplication App { get; }

    /// <summary>Gets where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Gets the key in force for phone numbers.</summary>
    public string KeyId { get; }

    /// <summary>Starts one in an empty folder.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="keyFile">The member's key.</param>
    /// <param name="settings">Further settings, as on the command line.</param>
    /// <param name="replace">Replaces parts; null for none.</param>
    public static async Task<ExchangeServer> Start(
        string folder,
        string keyFile,
        IReadOnlyCollection<string> settings,
        Action<WebApplicationBuilder>? replace = null
    )
    {
        using var operatorKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Bootstrap(folder, operatorKey, settings);
        var address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var app = await ServeCommand.Build(
            [
                .. ArgumentsFor(folder, address),
                "--Logging:LogLevel:Default",
                "Error",
                "--Logging:LogLevel:Microsoft.Hosting.Lifetime",
                "Error",
                .. settings,
            ],
            CancellationToken.None,
            replace
        );
        await app.StartAsync();
        await UntilReady(app);
        await AddMember(address, operatorKey, keyFile);
        return new(app, address, await FindKey(address, keyFile));
    }

    /// <summary>Returns the arguments with which a server finds a folder and listens.</summary>
    public static string[] ArgumentsFor(string folder, Uri address) =>
        ["--Exchange:DataDirectory", folder, "--Exchange:Listen", address.ToString()];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
    }

    private static async Task Bootstrap(string folder, ECDsa operatorKey, IEnumerable<string> settings)
    {
        var publicKeyFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(publicKeyFile, operatorKey.ExportSubjectPublicKeyInfoPem());
        await BootstrapCommand.Run(["--public-key", publicKeyFile, "--Exchange:DataDirectory", folder, .. settings]);
        File.Delete(publicKeyFile);
    }

    private static async Task UntilReady(WebApplication app)
    {
        var ready = ActivatorUtilities.CreateInstance<ReadinessCheck>(app.Services);
        while (ready.Reason is not null)
        {
            await Task.Delay(20);
        }
    }

    private static async Task AddMember(Uri address, ECDsa operatorKey, string keyFile)
    {
        using var channel = BenchMember.Open(address, new MemberCredential(MemberId.Consortium, operatorKey));
        var added = new AddMemberRequest
        {
            MemberId = BenchMember.Id.Value,
            PublicKey = ByteString.CopyFrom(BenchMember.PublicKey(keyFile)),
        };
        await new MemberService.MemberServiceClient(channel).AddMemberAsync(added);
    }

    private static async Task<string> FindKey(Uri address, string keyFile)
    {
        using var channel = BenchMember.Open(address, keyFile);
        var manifests = await new Contracts.V1.KeyService.KeyServiceClient(channel).GetKeyManifestsAsync(new());
        return manifests.Manifests.First(it => it.Type == IndicatorType.PhoneE164).KeyId;
    }
}
