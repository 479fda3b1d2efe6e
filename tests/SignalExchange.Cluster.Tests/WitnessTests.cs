using System.Diagnostics;
using System.Text.Json.Nodes;
using SignalExchange.Demo;

namespace SignalExchange.Cluster.Tests;

/// <summary>An exchange and an independent witness, a process each: no checkpoint is published that the witness did not sign.</summary>
public sealed class WitnessTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-witness-").FullName;
    private readonly ExchangeProcess _exchange;
    private readonly SigxProcess _sigx;
    private readonly string _witnessAddress = $"http://127.0.0.1:{ExchangeProcess.FreePort()}";
    private Process? _witness;

    public WitnessTests()
    {
        _exchange = new(Path.Combine(_folder, "data"), Path.Combine(_folder, "exchange.log"));
        _sigx = new(_folder, _exchange.Address);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string LogFolder => Path.Combine(_folder, "data", "log", "silo-1");

    public async ValueTask InitializeAsync()
    {
        Assert.Equal(0, (await _sigx.Run("keys", "new", "--out", "operator")).ExitCode);
        Assert.Equal(
            0,
            (await _sigx.Run("log", "keygen", "--name", "example.org/witness", "--out", "witness")).ExitCode
        );
        await _exchange.Bootstrap(Path.Combine(_folder, "operator.pub.pem"), Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await StopWitness();
        await _exchange.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_checkpoint_waits_for_its_witness_and_is_published_with_both_signatures()
    {
        // The bootstrap published without a witness: from here on it takes one.
        var before = await Checkpoint();
        await _exchange.Start(
            Ct,
            "--Exchange:AccessLog:RequiredWitnesses",
            "1",
            "--Exchange:AccessLog:Witnesses:0:Address",
            _witnessAddress,
            "--Exchange:AccessLog:Witnesses:0:VerifierKey",
            await Key("witness.vkey")
        );
        await Call();
        Assert.Equal(before, await Checkpoint());

        await StartWitness();
        await Until(async () => await Checkpoint() != before);
        Assert.Contains("\u2014 example.org/witness ", await Checkpoint(), StringComparison.Ordinal);
        Assert.Equal(1, (int)(await Verify())["witnesses"]!);

        await StopWitness();
        var signed = await Checkpoint();
        await Call();
        await StartWitness(); // With its memory: it signs only what continues what it signed before.
        await Until(async () => await Checkpoint() != signed);
        Assert.True((bool)(await Verify())["intact"]!);
    }

    private async Task StartWitness() =>
        _witness = await _sigx.Start(
            "log",
            "witness",
            "--key",
            "witness.key",
            "--log-key",
            await Key(Path.Combine(LogFolder, "log.vkey")),
            "--state",
            "witness.state",
            "--listen",
            _witnessAddress
        );

    private async Task StopWitness()
    {
        if (_witness is { } witness)
        {
            _witness = null;
            witness.Kill();
            await witness.WaitForExitAsync(CancellationToken.None);
            witness.Dispose();
        }
    }

    private async Task<JsonNode> Verify()
    {
        var result = await _sigx.Run(
            "log",
            "verify",
            "--from",
            LogFolder,
            "--key",
            await Key(Path.Combine(LogFolder, "log.vkey")),
            "--witness-key",
            await Key("witness.vkey"),
            "--json"
        );
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return JsonNode.Parse(result.Output)!.AsArray()[0]!;
    }

    private async Task Call() => Assert.Equal(0, (await _sigx.As("consortium", "operator", "member", "list")).ExitCode);

    private Task<string> Checkpoint() => File.ReadAllTextAsync(Path.Combine(LogFolder, "checkpoint"), Ct);

    private async Task<string> Key(string file) =>
        (await File.ReadAllTextAsync(Path.Combine(_folder, file), Ct)).TrimEnd();

    private static async Task Until(Func<Task<bool>> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "No checkpoint was published.");
            await Task.Delay(100, Ct);
        }
    }
}
