using System.Net;
using System.Security.Cryptography.X509Certificates;
using SignalExchange.Cluster.Tests.Silos;
using SignalExchange.Demo;
using SignalExchange.TestKit;
using SignalExchange.TestKit.Certificates;

namespace SignalExchange.Cluster.Tests;

/// <summary>A name that stands for several addresses, as a headless service of Kubernetes does: calls go to all of them.</summary>
/// <remarks>The name is known to the callers alone: each sees an /etc/hosts of its own (mount_namespaces(7)), whoever runs this.</remarks>
public sealed class SeveralAddressesTests : IAsyncLifetime
{
    private const string Name = "exchange.test";
    private const string WithHosts = """mount --bind "$1" /etc/hosts && shift && exec "$@" """;
    private const int Doors = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-addresses-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly int _port = FreePort.Find();
    private readonly ExchangeProcess _exchange;
    private readonly List<Doorway> _doors = [];
    private readonly SigxProcess _sigx;

    public SeveralAddressesTests()
    {
        _exchange = new(FileNamed("data"), FileNamed("exchange.log"));
        _sigx = new(_folder, new Uri($"dns:///{Name}:{_port}"))
        {
            Launcher =
            [
                "unshare",
                "--mount",
                .. Environment.IsPrivilegedProcess ? [] : new[] { "--map-root-user" },
                "sh",
                "-c",
                WithHosts,
                "sh",
                FileNamed("hosts"),
            ],
            Environment = new Dictionary<string, string> { ["SSL_CERT_FILE"] = FileNamed("authority.pem") },
        };
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var addresses = Enumerable.Range(1, Doors).Select(number => IPAddress.Parse($"127.0.0.{number}")).ToList();
        await File.WriteAllLinesAsync(FileNamed("hosts"), addresses.Select(address => $"{address} {Name}"), Ct);
        await File.WriteAllTextAsync(FileNamed("authority.pem"), _authority.RootPem, Ct);
        using var certificate = _authority.ForServer(Name);
        await File.WriteAllBytesAsync(FileNamed("server.pfx"), certificate.Export(X509ContentType.Pfx, "test"), Ct);
        Assert.Equal(0, (await _sigx.Run("keys", "new", "--out", "operator")).ExitCode);
        await _exchange.Bootstrap(FileNamed("operator.pub.pem"), Ct);
        await _exchange.Start(
            Ct,
            "--Exchange:Listen",
            $"https://127.0.0.1:{_exchange.Address.Port}",
            "--Kestrel:Certificates:Default:Path",
            FileNamed("server.pfx"),
            "--Kestrel:Certificates:Default:Password",
            "test"
        );
        _doors.AddRange(addresses.Select(address => new Doorway(address, _port, _exchange.Address.Port)));
    }

    [Fact]
    public async Task Calls_come_by_every_address_and_go_on_without_one_that_is_gone()
    {
        Assert.Equal(0, (await _sigx.Run("keys", "new", "--out", "platform-a")).ExitCode);
        string[] add = ["member", "add", "platform-a", "--public-key", "platform-a.pub.pem", "--group", "ring"];
        await Succeed("consortium", "operator", add);
        await File.WriteAllLinesAsync(
            FileNamed("accounts.csv"),
            ["type,identifier", .. Enumerable.Range(0, 3000).Select(number => $"email,somebody-{number}@mail.example")],
            Ct
        );
        string[] check = ["check-file", "accounts.csv", "--purpose", "TEST"];

        await Succeed("platform-a", "platform-a", check);

        Assert.All(_doors, door => Assert.NotEqual(0, door.Came));
        var gone = _doors[1];
        _doors.Remove(gone);
        await gone.DisposeAsync();
        var before = gone.Came;
        await Succeed("platform-a", "platform-a", check);
        Assert.Equal(before, gone.Came);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors)
        {
            await door.DisposeAsync();
        }

        await _exchange.DisposeAsync();
        _authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task Succeed(string member, string key, string[] args)
    {
        var result = await _sigx.As(member, key, args);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    private string FileNamed(string name) => Path.Combine(_folder, name);
}
