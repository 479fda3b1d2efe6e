using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.Cli.Tests.Logs;

public sealed class LogProveTests : IDisposable
{
    private readonly FolderLog _log = new();

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_proof_is_verified_from_its_file_alone()
    {
        var proof = await _log.WriteProof(7, FolderLog.DetailOf(7));

        var (exitCode, rows, _) = await Sigx.Run("log", "prove", "--proof", proof, "--key", _log.Key);

        Assert.Equal(ExitCodes.Done, exitCode);
        var row = Assert.Single(rows)!;
        Assert.Equal((true, 7, "fits"), ((bool)row["proven"]!, (int)row["index"]!, (string)row["detail"]!));
        Assert.Equal("2023-11-14T22:13:27.000Z", (string)row["time"]!);
    }

    [Fact]
    public async Task A_detail_that_is_not_the_entry_s_proves_nothing()
    {
        var proof = await _log.WriteProof(7, FolderLog.DetailOf(8));

        var (exitCode, rows, _) = await Sigx.Run("log", "prove", "--proof", proof, "--key", _log.Key);

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Equal("altered", (string)rows[0]!["detail"]!);
    }

    [Fact]
    public async Task A_proof_of_a_log_that_is_not_trusted_proves_nothing()
    {
        using var other = NoteSigner.Generate(FolderLog.Origin, SignatureKind.Ed25519);
        var proof = await _log.WriteProof(7, FolderLog.DetailOf(7));

        var (exitCode, rows, _) = await Sigx.Run(
            "log",
            "prove",
            "--proof",
            proof,
            "--key",
            other.VerifierKey.ToString()
        );

        Assert.Equal(ExitCodes.Refused, exitCode);
        Assert.Equal("NotSignedByLog", (string)rows[0]!["checkpoint"]!);
    }

    [Fact]
    public async Task A_file_that_is_no_proof_exits_with_2() =>
        Assert.Equal(
            ExitCodes.Usage,
            (await Sigx.Run("log", "prove", "--proof", _log.PathOf("checkpoint"), "--key", _log.Key)).ExitCode
        );
}
