using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.TestKit;

namespace SignalExchange.Faults.Tests;

/// <summary>What <c>deploy/local/cluster.sh</c> starts is a cluster, it restarts one silo after the other, and leaves nothing behind.</summary>
public sealed class LocalClusterTests : IDisposable
{
    private const string Script = "deploy/local/cluster.sh";
    private const int Silos = 3;

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-local-").FullName;
    private readonly int _firstPort = FreePort.Find();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string State => Path.Combine(_folder, "cluster");

    [Theory(Explicit = true)]
    [InlineData("postgres")]
    [InlineData("azurite")]
    public async Task A_cluster_is_started_restarted_and_stopped_by_its_script(string engine)
    {
        using var cluster = Start(Script, Silos.ToString(CultureInfo.InvariantCulture), engine);
        await UntilSaidAsync(cluster, "Stop everything with Ctrl-C");
        await AssertServesAsync();
        await AssertDemoHoldsAsync();

        using var restart = Start(Script, "restart");
        await restart.WaitForExitAsync(Ct);
        Assert.Equal(0, restart.ExitCode);
        await AssertServesAsync();

        using var stop = Process.Start("sh", ["-c", $"kill -INT {cluster.Id}"]);
        await cluster.WaitForExitAsync(Ct);
        Assert.Equal(0, cluster.ExitCode);
        Assert.False(File.Exists(Path.Combine(State, "cluster.pid")));
        await Assert.ThrowsAnyAsync<Exception>(() => CallAsync(_firstPort));
    }

    [Theory]
    [InlineData("0", "postgres", "The number of silos is '0'")]
    [InlineData("3", "oracle", "The storage is 'oracle'")]
    [InlineData("restart", "", "No cluster runs")]
    public async Task What_it_cannot_do_it_says(string silos, string engine, string what)
    {
        using var script = Start(Script, silos, engine);
        var said = await script.StandardError.ReadToEndAsync(Ct);
        await script.WaitForExitAsync(Ct);

        Assert.Equal(2, script.ExitCode);
        Assert.Contains(what, said, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task UntilSaidAsync(Process script, string what)
    {
        while (await script.StandardOutput.ReadLineAsync(Ct) is { } line)
        {
            if (line.Contains(what, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"The script ended: {await script.StandardError.ReadToEndAsync(Ct)}");
    }

    private async Task AssertServesAsync()
    {
        for (var silo = 0; silo < Silos; silo++)
        {
            var port = _firstPort + silo;
            await Eventually.ResultAsync(() => CallAsync(port), members => members > 0, $"an answer at port {port}");
        }
    }

    // As a reader of what the script says would: the last silo, and the key of the first operator.
    private async Task AssertDemoHoldsAsync()
    {
        using var demo = Start(
            "run.sh",
            "demo",
            "--endpoint",
            $"http://127.0.0.1:{_firstPort + Silos - 1}",
            "--operator-key",
            Path.Combine(State, "operator.key.pem"),
            "--folder",
            Path.Combine(_folder, "demo"),
            "--scale",
            FaultLength.IsLong ? "1" : "0.1"
        );
        var told = await demo.StandardOutput.ReadToEndAsync(Ct);
        await demo.WaitForExitAsync(Ct);
        Assert.True(demo.ExitCode == 0, $"{told}\n{await demo.StandardError.ReadToEndAsync(Ct)}");
    }

    // The operator is a member of the consortium: the one that there is.
    private async Task<int> CallAsync(int port)
    {
        using var key = ECDsa.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(State, "operator.key.pem"), Ct));
        using var credential = new MemberCredential(new MemberId("consortium"), key);
        using var client = new SignalExchangeClient(
            new SignalExchangeClientOptions { Endpoint = new Uri($"http://127.0.0.1:{port}"), Credential = credential }
        );
        return (await client.Members.ListAsync(cancellationToken: Ct).ToListAsync(Ct)).Count;
    }

    /// <summary>Starts a script of the tree.</summary>
    private Process Start(string script, params string[] args)
    {
        var start = new ProcessStartInfo(Find(script), args.Where(arg => arg.Length > 0))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["SIGNALEXCHANGE_CLUSTER"] = State;
        start.Environment["SIGNALEXCHANGE_FIRST_PORT"] = _firstPort.ToString(CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private static string Find(string script)
    {
        for (var parent = new DirectoryInfo(AppContext.BaseDirectory); parent is not null; parent = parent.Parent)
        {
            if (File.Exists(Path.Combine(parent.FullName, script)))
            {
                return Path.Combine(parent.FullName, script);
            }
        }

        throw new InvalidOperationException($"{script} is not there.");
    }
}
