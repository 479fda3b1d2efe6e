using System.Text.Json.Nodes;
using SignalExchange.Demo;
using SignalExchange.TestKit;
using static SignalExchange.Cluster.Tests.SigxResult;

namespace SignalExchange.Cluster.Tests;

/// <summary>An auditor reads the log of an exchange that runs, by the command line.</summary>
public sealed class SigxLogTests : IAsyncLifetime
{
    private const string AddKey = "/signalexchange.v1.MemberService/AddMemberKey";

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-log-").FullName;
    private readonly ExchangeProcess _exchange;
    private readonly SigxProcess _sigx;
    private readonly Uri _tiles = new($"http://127.0.0.1:{FreePort.Find()}");

    public SigxLogTests()
    {
        _exchange = new(Path.Combine(_folder, "data"), Path.Combine(_folder, "exchange.log"));
        _sigx = new(_folder, _exchange.Address);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var key in new[] { "operator", "second", "auditor" })
        {
            await Done(_sigx.Run("keys", "new", "--out", key));
        }

        await _exchange.Bootstrap(Path.Combine(_folder, "operator.pub.pem"), Ct);
        await _exchange.Start(Ct, "--Exchange:ListenTiles", _tiles.ToString());
        await Done(AddKeyOf("auditor", "auditor"));
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_act_is_found_by_what_it_was_and_among_the_newest()
    {
        var acted = (await Done(Auditor("log", "search", "--method", AddKey, "--outcome", "answered"))).Json;
        var refused = await Done(Auditor("log", "search", "--method", AddKey, "--outcome", "refused"));
        var tail = await Done(Auditor("log", "tail", "-n", "3"));

        var act = Assert.Single(acted)!;
        Assert.Equal(("consortium", "Operator"), ((string)act["member"]!, (string)act["role"]!));
        Assert.Empty(refused.Json);
        var newest = tail.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Row).ToList();
        Assert.Equal(3, newest.Count);
        Assert.Equal([.. newest.Select(Index).Order()], newest.Select(Index));
        Assert.EndsWith("/SearchEntries", (string)newest[^1]["method"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_log_that_is_served_is_verified_from_afar()
    {
        var key = (await File.ReadAllTextAsync(Path.Combine(_folder, "data", "log", "silo-1", "log.vkey"), Ct)).Trim();

        var verified = await Done(
            _sigx.Run("log", "verify", "--from", new Uri(_tiles, "silo-1").ToString(), "--key", key, "--json")
        );
        var elsewhere = await _sigx.Run("log", "verify", "--from", new Uri(_tiles, "silo-2").ToString(), "--json");

        var log = verified.Json[0]!;
        Assert.Equal((true, "caller"), ((bool)log["intact"]!, (string)log["key_from"]!));
        Assert.True((long)log["size"]! > 0);
        Assert.NotEqual(0, elsewhere.ExitCode);
    }

    [Fact]
    public async Task With_two_operators_an_export_is_asked_for_agreed_to_and_made()
    {
        var alone = await Done(Auditor("log", "request-export", "calls.csv"));
        await Done(AddKeyOf("second", "operator"));
        var manifestKey = (await Done(Auditor("log", "keys"))).Text("manifest_key");
        string[] export = ["log", "export", "calls.csv", "--of", "consortium", "--manifest-key", manifestKey];
        var early = await Auditor(export);

        var asked = await Done(Auditor("log", "request-export", "calls.csv", "--of", "consortium"));
        var id = asked.Text("approval");
        var seen = await Done(_sigx.As("consortium", "second", "approval", "show", id));
        var shown = seen.Json[^1]!["shown"]!.GetValue<string>();
        await Done(_sigx.As("consortium", "second", "approval", "approve", id, "--shown", shown));

        Assert.False((bool)alone.Json[0]!["needed"]!);
        Assert.Contains("EXPORT_NOT_APPROVED", early.Error, StringComparison.Ordinal);
        Assert.Equal("Pending", asked.Text("approval_state"));
        await Done(Auditor([.. export, "--approval", id]));
        await Done(_sigx.Run("log", "check-export", "calls.csv", "--manifest-key", manifestKey, "--json"));
    }

    private Task<SigxResult> Auditor(params string[] args) => _sigx.As("consortium", "auditor", args);

    private Task<SigxResult> AddKeyOf(string name, string role) =>
        _sigx.As(
            "consortium",
            "operator",
            "member",
            "add-key",
            "consortium",
            "--public-key",
            name + ".pub.pem",
            "--role",
            role
        );

    private static JsonNode Row(string line) => JsonNode.Parse(line)!;

    private static long Index(JsonNode row) => (long)row["index"]!;
}
