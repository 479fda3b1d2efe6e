using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.Cli.Tests.Logs;

public sealed class LogVerifyTests : IDisposable
{
    private readonly FolderLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task An_intact_log_exits_with_0_and_says_what_was_verified()
    {
        var (exitCode, rows, _) = await Sigx.Run("log", "verify", "--from", _log.Folder, "--key", _log.Key);

        Assert.Equal(ExitCodes.Done, exitCode);
        var row = Assert.Single(rows)!;
        Assert.True((bool)row["intact"]!);
        Assert.Equal(FolderLog.Origin, (string)row["origin"]!);
        Assert.Equal((300, 300, 0), ((int)row["size"]!, (int)row["details_verified"]!, (int)row["details_absent"]!));
    }

    [Fact]
    public async Task A_tampered_log_exits_with_1_and_names_the_entry()
    {
        Flip("tile/entries/000", 50);

        var (exitCode, rows, _) = await Sigx.Run("log", "verify", "--from", _log.Folder, "--key", _log.Key);

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.False((bool)rows[0]!["intact"]!);
        Assert.Equal(("EntryAltered", 0), ((string)rows[1]!["finding"]!, (int)rows[1]!["entry"]!));
    }

    [Fact]
    public async Task A_detail_that_is_not_the_entry_s_is_named()
    {
        Flip("detail/001.p/44", 5);

        var (exitCode, rows, _) = await Sigx.Run("log", "verify", "--from", _log.Folder, "--key", _log.Key);

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Equal(("DetailAltered", 256), ((string)rows[1]!["finding"]!, (int)rows[1]!["entry"]!));
    }

    [Theory]
    [InlineData("present", ExitCodes.Done)]
    [InlineData("none", ExitCodes.Done)]
    [InlineData("all", ExitCodes.Refused)]
    public async Task Absent_details_are_wrong_only_where_all_are_asked_for(string details, int expected)
    {
        File.Delete(_log.PathOf("detail/000"));

        var run = await Sigx.Run("log", "verify", "--from", _log.Folder, "--key", _log.Key, "--details", details);

        Assert.Equal(expected, run.ExitCode);
    }

    [Fact]
    public async Task A_checkpoint_that_was_saved_serves_as_the_next_since()
    {
        var saved = _log.PathOf("saved");
        string[] verify = ["log", "verify", "--from", _log.Folder, "--key", _log.Key];

        Assert.Equal(ExitCodes.Done, (await Sigx.Run([.. verify, "--save", saved])).ExitCode);
        Assert.Equal(_log.Note.ToBytes(), await File.ReadAllBytesAsync(saved, TestContext.Current.CancellationToken));
        Assert.Equal(ExitCodes.Done, (await Sigx.Run([.. verify, "--since", saved])).ExitCode);
    }

    [Fact]
    public async Task Witnesses_that_are_asked_for_must_have_signed()
    {
        using var witness = NoteSigner.Generate("witness.example", SignatureKind.Cosignature);
        string[] verify =
        [
            "log",
            "verify",
            "--from",
            _log.Folder,
            "--key",
            _log.Key,
            "--witness-key",
            witness.VerifierKey.ToString(),
        ];

        Assert.Equal(ExitCodes.Refused, (await Sigx.Run(verify)).ExitCode);
        _log.Cosign(witness);
        Assert.Equal(ExitCodes.Done, (await Sigx.Run(verify)).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await Sigx.Run([.. verify, "--witnesses", "2"])).ExitCode);
    }

    [Fact]
    public async Task What_is_wrong_on_the_command_line_exits_with_2()
    {
        Assert.Equal(ExitCodes.Usage, (await Sigx.Run("log", "verify", "--from", _log.Folder)).ExitCode);
        Assert.Equal(ExitCodes.Usage, (await Sigx.Run("log", "verify", "--key", "nonsense")).ExitCode);
        Assert.Equal(
            ExitCodes.Usage,
            (await Sigx.Run("log", "verify", "--from", _log.PathOf("none"), "--key", _log.Key)).ExitCode
        );
        Assert.Equal(
            ExitCodes.Usage,
            (await Sigx.Run("log", "verify", "--key", _log.Key, "--since", _log.PathOf("tile/0/000"))).ExitCode
        );
    }

    [Fact]
    public async Task A_log_that_is_not_reached_exits_with_3()
    {
        var run = await Sigx.Run("log", "verify", "--from", "http://127.0.0.1:1/", "--key", _log.Key);

        Assert.Equal(ExitCodes.Unavailable, run.ExitCode);
    }

    private void Flip(string file, int at)
    {
        var bytes = File.ReadAllBytes(_log.PathOf(file));
        bytes[at] ^= 1;
        File.WriteAllBytes(_log.PathOf(file), bytes);
    }
}
