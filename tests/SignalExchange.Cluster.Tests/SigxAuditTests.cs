using System.Text.Json.Nodes;
using SignalExchange.Demo;
using static SignalExchange.Cluster.Tests.SigxResult;

namespace SignalExchange.Cluster.Tests;

/// <summary>What an auditor and a member do with the log by the command line: export and check it, keep a receipt and prove by it.</summary>
public sealed class SigxAuditTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-audit-").FullName;
    private readonly ExchangeProcess _exchange;
    private readonly SigxProcess _sigx;

    public SigxAuditTests()
    {
        _exchange = new(Path.Combine(_folder, "data"), Path.Combine(_folder, "exchange.log"));
        _sigx = new(_folder, _exchange.Address);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var key in new[] { "operator", "auditor", "platform-a" })
        {
            await _sigx.Run("keys", "new", "--out", key);
        }

        await _exchange.Bootstrap(Path.Combine(_folder, "operator.pub.pem"), Ct);
        await _exchange.Start(Ct);
        await Done(Operator("member", "add", "platform-a", "--public-key", "platform-a.pub.pem"));
        await Done(Operator("member", "add-key", "consortium", "--public-key", "auditor.pub.pem", "--role", "auditor"));
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("calls.jsonl")]
    [InlineData("calls.csv")]
    [InlineData("calls.parquet")]
    public async Task An_export_is_checked_offline_and_an_altered_one_is_refused(string file)
    {
        var key = await ManifestKey();
        await Done(Auditor("log", "export", file, "--manifest-key", key));
        await _exchange.Kill();

        await Done(_sigx.Run("log", "check-export", file, "--manifest-key", key, "--json"));

        var path = Path.Combine(_folder, file);
        var bytes = await File.ReadAllBytesAsync(path, Ct);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Ct);
        var altered = await _sigx.Run("log", "check-export", file, "--manifest-key", key, "--json");
        Assert.NotEqual(0, altered.ExitCode);
        Assert.NotEqual("Valid", (string)altered.Json[0]!["verdict"]!);
    }

    [Fact]
    public async Task A_receipt_proves_an_answer_after_the_exchange_is_gone()
    {
        await Done(
            A("check", "--type", "phone-e164", "+12025550143", "--purpose", "TEST", "--receipts", "receipts.jsonl")
        );
        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "receipts.jsonl"), Ct);
        var check = JsonNode.Parse(lines[^1])!;
        var index = ((long)check["index"]!).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string[] proof = ["log", "proof", index, "--receipt", "receipts.jsonl", "--out", "answer.json"];
        await Until(async () => (await A(proof)).ExitCode == 0);
        var key = (await File.ReadAllTextAsync(Path.Combine(_folder, "data", "log", "silo-1", "log.vkey"), Ct)).Trim();
        await _exchange.Kill();

        var proven = await _sigx.Run("log", "prove", "--proof", "answer.json", "--key", key, "--json");

        Assert.Equal(0, proven.ExitCode);
        Assert.Equal(
            ("proven", "platform-a", 1),
            ((string)proven.Json[0]!["answer"]!, (string)proven.Json[0]!["member"]!, (int)proven.Json[0]!["asked"]!)
        );
    }

    private Task<SigxResult> A(params string[] args) => _sigx.As("platform-a", "platform-a", args);

    private Task<SigxResult> Operator(params string[] args) => _sigx.As("consortium", "operator", args);

    private Task<SigxResult> Auditor(params string[] args) => _sigx.As("consortium", "auditor", args);

    private async Task<string> ManifestKey()
    {
        var result = await Auditor("log", "keys");
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return (string)result.Json[0]!["manifest_key"]!;
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(30), "Waited 30 seconds.");
            await Task.Delay(200, Ct);
        }
    }
}
