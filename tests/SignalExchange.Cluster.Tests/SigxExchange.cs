using SignalExchange.Demo;

namespace SignalExchange.Cluster.Tests;

/// <summary>An exchange in a process of its own, with an operator and two members of one group, who work by the command line.</summary>
public sealed class SigxExchange : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-sigx-").FullName;
    private readonly ExchangeProcess _exchange;
    private readonly SigxProcess _sigx;

    public SigxExchange()
    {
        _exchange = new ExchangeProcess(Path.Combine(_folder, "data"), Path.Combine(_folder, "exchange.log"));
        _sigx = new SigxProcess(_folder, _exchange.Address);
    }

    public async ValueTask InitializeAsync()
    {
        await NewKey("operator");
        await _exchange.Bootstrap(FileNamed("operator.pub.pem"), TestContext.Current.CancellationToken);
        await _exchange.Start(TestContext.Current.CancellationToken);
        foreach (var member in new[] { "platform-a", "platform-b" })
        {
            await NewKey(member);
            var key = member + ".pub.pem";
            Assert.Equal(0, (await Operator("member", "add", member, "--public-key", key, "--group", "ring")).ExitCode);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    internal string FileNamed(string name) => Path.Combine(_folder, name);

    internal Task<SigxResult> NewKey(string name) => Run("keys", "new", "--out", name);

    internal Task<SigxResult> Run(params string[] args) => _sigx.Run(args);

    internal Task<SigxResult> As(string member, string key, params string[] args) => _sigx.As(member, key, args);

    internal Task<SigxResult> Operator(params string[] args) => As("consortium", "operator", args);

    internal Task<SigxResult> A(params string[] args) => As("platform-a", "platform-a", args);

    internal Task<SigxResult> B(params string[] args) => As("platform-b", "platform-b", args);
}
