using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using SignalExchange.Cli.Logs;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Witnessing;

namespace SignalExchange.Cli.Tests.Logs;

public sealed class LogWitnessTests : IDisposable
{
    private readonly FolderLog _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Keys_are_made_once_and_the_private_one_is_the_owner_s_only()
    {
        var path = _log.PathOf("witness");
        string[] keygen = ["log", "keygen", "--name", "witness.example", "--out", path];

        var (exitCode, rows, _) = await Sigx.Run(keygen);

        Assert.Equal(ExitCodes.Done, exitCode);
        Assert.Equal(
            (await File.ReadAllTextAsync(path + ".vkey", Cancelled)).TrimEnd(),
            (string)rows[0]!["verifier_key"]!
        );
        Assert.True(
            OperatingSystem.IsWindows()
                || File.GetUnixFileMode(path + ".key") == (UnixFileMode.UserRead | UnixFileMode.UserWrite)
        );
        Assert.DoesNotContain("PRIVATE", rows.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, (await Sigx.Run(keygen)).ExitCode);
        Assert.Equal(
            ExitCodes.Usage,
            (await Sigx.Run("log", "keygen", "--name", "a b", "--out", _log.PathOf("other"))).ExitCode
        );
    }

    [Fact]
    public async Task A_log_s_key_is_no_witness_s()
    {
        var path = _log.PathOf("log");
        await Sigx.Run("log", "keygen", "--kind", "log", "--name", "a", "--out", path);

        var run = await Sigx.Run([
            "log",
            "witness",
            "--key",
            path + ".key",
            "--log-key",
            _log.Key,
            "--state",
            _log.PathOf("state"),
        ]);

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.DoesNotContain("PRIVATE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_is_signed_over_HTTP_and_what_was_signed_is_served()
    {
        using var key = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);
        using var state = FileWitnessState.Open(_log.PathOf("state.json"));
        using var witness = new Witness(key, [VerifierKey.Parse(_log.Key)], state);
        await using var server = await Start(witness);
        using var http = new HttpClient();
        var address = new Uri(server.Urls.First());

        var answer = await new WitnessClient(http, address, key.VerifierKey).OfferAsync(
            _log.Note,
            _log.Tree,
            Cancelled
        );
        Assert.Equal(WitnessOutcome.Signed, answer.Outcome);

        // A witness that saw it already says so, with the type that clients look for.
        var again = await new WitnessClient(http, address, key.VerifierKey).OfferAsync(_log.Note, _log.Tree, Cancelled);
        Assert.Equal(WitnessOutcome.Signed, again.Outcome);

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(FolderLog.Origin)));
        var served = await http.GetByteArrayAsync(new Uri(address, $"/{hash}/checkpoint"), Cancelled);
        Assert.Equal(2, SignedNote.Parse(served).Verify([VerifierKey.Parse(_log.Key), key.VerifierKey]).Valid.Count);
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_not_read()
    {
        using var key = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);
        using var state = FileWitnessState.Open(_log.PathOf("state.json"));
        using var witness = new Witness(key, [VerifierKey.Parse(_log.Key)], state);
        await using var server = await Start(witness);
        using var http = new HttpClient();
        using var body = new ByteArrayContent(new byte[AddCheckpointRequest.MaxBytes + 1]);

        using var answer = await http.PostAsync(
            new Uri(new Uri(server.Urls.First()), "/add-checkpoint"),
            body,
            Cancelled
        );

        Assert.Equal(System.Net.HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    private static async Task<WebApplication> Start(Witness witness)
    {
        var server = WitnessServer.Create(witness, "http://127.0.0.1:0");
        await server.StartAsync(Cancelled);
        return server;
    }
}
