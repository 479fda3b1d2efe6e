using SignalExchange.Demo;
using SignalExchange.Storage.Files;
using SignalExchange.TestKit.Azurite;
using SignalExchange.TestKit.Postgres;
using static SignalExchange.Cluster.Tests.SigxResult;

namespace SignalExchange.Cluster.Tests;

/// <summary>An exchange that is backed up while it works, restored elsewhere, moved to PostgreSQL and to Azure Storage, and started again: each a process.</summary>
public sealed class BackupTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("signalexchange-backup-").FullName;
    private readonly ExchangeProcess _exchange;
    private readonly SigxProcess _sigx;

    public BackupTests()
    {
        _exchange = new(Data, Path.Combine(_folder, "exchange.log"));
        _sigx = new(_folder, _exchange.Address);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_folder, "data");

    public async ValueTask InitializeAsync()
    {
        await Run("keys", "new", "--out", "operator");
        await _exchange.Bootstrap(Path.Combine(_folder, "operator.pub.pem"), Ct);
        await _exchange.Start(Ct);
        await Run("keys", "new", "--out", "platform-a");
        await Done(As("consortium", "operator", "member", "add", "platform-a", "--public-key", "platform-a.pub.pem"));
        await Submit("known@mail.example");
    }

    public async ValueTask DisposeAsync()
    {
        await _exchange.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_backup_that_was_made_under_load_is_restored_whole_and_goes_on()
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var load = SubmitOn(over.Token);
        var backup = await Admin("backup", "--out", "exchange.backup", "--Exchange:DataDirectory", Data);
        await over.CancelAsync();
        var acknowledged = await load;
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(_folder, "exchange.backup"))
            );
        }

        await _exchange.Stop(Ct);

        var elsewhere = Path.Combine(_folder, "restored");
        var restored = await Admin("restore", "--from", "exchange.backup", "--Exchange:DataDirectory", elsewhere);
        Assert.Equal(DigestIn(backup), DigestIn(restored));
        var again = await Try("restore", "--from", "exchange.backup", "--Exchange:DataDirectory", elsewhere);
        Assert.Equal(3, again.ExitCode);
        Assert.Contains("is there already", again.Error, StringComparison.Ordinal);

        CopyKeys(elsewhere);
        await using var other = new ExchangeProcess(elsewhere, Path.Combine(_folder, "restored.log"));
        await other.Start(Ct);
        await AssertKnown(other, "known@mail.example");
        Assert.InRange(acknowledged, 1, int.MaxValue);
        await Done(As(other, "submit", "--type", "email", "later@mail.example", "--category", "CSE_GROOMING"));
        await other.Stop(Ct);
        await Done(_sigx.Run("log", "verify", "--from", Path.Combine(elsewhere, "log", "silo-1"), "--json"));
    }

    [Fact]
    public async Task An_exchange_moves_to_postgres_and_goes_on_there()
    {
        await using var server = await PostgresServer.StartNewAsync(Ct);
        await server.CreateDatabaseAsync("exchange", Ct);
        string[] target =
        [
            "--Target:Storage:Engine",
            "Postgres",
            "--Target:Storage:Postgres:ConnectionString",
            server.ConnectionString("exchange"),
        ];
        string[] source = ["--Exchange:DataDirectory", Data];
        var running = await Try(["migrate", .. source, .. target]);
        Assert.Equal(3, running.ExitCode);
        Assert.Contains("open", running.Error, StringComparison.Ordinal);

        await _exchange.Stop(Ct);
        var moved = await Admin(["migrate", .. source, .. target]);
        Assert.Contains("Moved", moved, StringComparison.Ordinal);
        Assert.Contains("Indicator 1 ", moved, StringComparison.Ordinal);
        var again = await Try(["migrate", .. source, .. target]);
        Assert.Equal(3, again.ExitCode);
        Assert.Contains("holds an exchange's data already", again.Error, StringComparison.Ordinal);

        await _exchange.Start(
            Ct,
            "--Exchange:Storage:Engine",
            "Postgres",
            "--Exchange:Storage:Postgres:ConnectionString",
            server.ConnectionString("exchange"),
            "--Exchange:SiloPort",
            $"{ExchangeProcess.FreePort()}"
        );
        await AssertKnown(_exchange, "known@mail.example");
        await Submit("later@mail.example");
    }

    [Fact]
    public async Task An_exchange_moves_to_Azure_Storage_is_backed_up_there_under_load_and_comes_back_from_it()
    {
        await using var azurite = await AzuriteProcess.StartAsync(accounts: 1, isKept: false, Ct);
        string[] storage(string section) =>
            [
                $"--{section}:Storage:Engine",
                "AzureStorage",
                $"--{section}:Storage:AzureStorage:Accounts:0:ConnectionString",
                azurite.ConnectionString(),
            ];
        await _exchange.Stop(Ct);
        Assert.Contains(
            "Indicator 1 ",
            await Admin(["migrate", "--Exchange:DataDirectory", Data, .. storage("Target")]),
            StringComparison.Ordinal
        );

        await _exchange.Start(Ct, [.. storage("Exchange"), "--Exchange:SiloPort", $"{ExchangeProcess.FreePort()}"]);
        await AssertKnown(_exchange, "known@mail.example");
        using var over = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var load = SubmitOn(over.Token);
        var backup = await Admin(["backup", "--out", "azure.backup", .. storage("Exchange")]);
        await over.CancelAsync();
        Assert.InRange(await load, 1, int.MaxValue);
        await _exchange.Stop(Ct);

        var elsewhere = Path.Combine(_folder, "restored");
        var restored = await Admin("restore", "--from", "azure.backup", "--Exchange:DataDirectory", elsewhere);
        Assert.Equal(DigestIn(backup), DigestIn(restored));
        CopyKeys(elsewhere);
        await using var other = new ExchangeProcess(elsewhere, Path.Combine(_folder, "restored.log"));
        await other.Start(Ct);
        await AssertKnown(other, "known@mail.example");
        await other.Stop(Ct);
        await Done(_sigx.Run("log", "verify", "--from", Path.Combine(elsewhere, "log", "silo-1"), "--json"));
    }

    [Fact]
    public async Task A_restart_takes_up_the_index_from_its_snapshot()
    {
        await _exchange.Stop(Ct);
        Assert.True(File.Exists(Path.Combine(Data, "index", "index.snapshot")));

        await _exchange.Start(Ct);
        await AssertKnown(_exchange, "known@mail.example");
        var log = await File.ReadAllTextAsync(Path.Combine(_folder, "exchange.log"), Ct);
        Assert.Contains("Index has written a snapshot", log, StringComparison.Ordinal);
        Assert.Contains("Index has taken up a snapshot", log, StringComparison.Ordinal);

        await _exchange.Kill();
        await using (var file = File.OpenWrite(Path.Combine(Data, "index", "index.snapshot")))
        {
            file.Position = file.Length / 2;
            file.Write("damaged"u8);
        }

        await _exchange.Start(Ct);
        await AssertKnown(_exchange, "known@mail.example");
        log = await File.ReadAllTextAsync(Path.Combine(_folder, "exchange.log"), Ct);
        Assert.Contains("it was altered", log, StringComparison.Ordinal);
    }

    private async Task<int> SubmitOn(CancellationToken over)
    {
        var count = 0;
        while (!over.IsCancellationRequested)
        {
            await Submit($"number-{count++}@mail.example");
        }

        return count;
    }

    private Task<SigxResult> Submit(string identifier) =>
        Done(As(_exchange, "submit", "--type", "email", identifier, "--category", "CSE_GROOMING"));

    private async Task AssertKnown(ExchangeProcess exchange, string identifier)
    {
        var started = TimeProvider.System.GetTimestamp();
        var result = await As(exchange, "get", "--type", "email", identifier, "--purpose", "TEST");
        while (result.ExitCode == 3 && TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            result = await As(exchange, "get", "--type", "email", identifier, "--purpose", "TEST"); // it listens before it is ready
        }

        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Single(result.Json[0]!["signals"]!.AsArray());
    }

    // Backups hold no keys: whoever restores brings them from where they are kept apart.
    private void CopyKeys(string elsewhere)
    {
        foreach (var folder in (string[])["keys", Path.Combine("log", "keys")])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Data, folder), "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(elsewhere, Path.GetRelativePath(Data, file));
                DurableFiles.CreateFolder(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    private static string DigestIn(string output) =>
        output.Split('\n').Single(line => line.StartsWith("digest ", StringComparison.Ordinal));

    private async Task<string> Admin(params string[] args)
    {
        var result = await Try(args);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result.Output;
    }

    private Task<SigxResult> Try(params string[] args) =>
        _sigx.Run(["admin", args[0], "--server", ExchangeProcess.ServerFile(), .. args[1..]]);

    private Task<SigxResult> As(string member, string key, params string[] args) => _sigx.As(member, key, args);

    private Task<SigxResult> As(ExchangeProcess exchange, params string[] args) =>
        new SigxProcess(_folder, exchange.Address).As("platform-a", "platform-a", args);

    private Task<SigxResult> Run(params string[] args) => Done(_sigx.Run(args));
}
