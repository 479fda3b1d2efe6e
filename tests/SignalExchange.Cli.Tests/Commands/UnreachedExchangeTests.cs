using SignalExchange.Cli.Tests.Logs;

namespace SignalExchange.Cli.Tests.Commands;

/// <summary>What a command says whose exchange does not answer.</summary>
public sealed class UnreachedExchangeTests : IDisposable
{
    private const string Nobody = "http://127.0.0.1:1";

    private readonly string _folder = Directory.CreateTempSubdirectory("sigx-unreached-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_check_whose_exchange_is_not_there_may_be_tried_again_and_repeats_no_identifier()
    {
        var key = Path.Combine(_folder, "key");
        Assert.Equal(ExitCodes.Done, (await Sigx.Run("keys", "new", "--out", key)).ExitCode);
        string[] who = ["--endpoint", Nobody, "--member", "platform-a", "--key", $"{key}.key.pem"];
        string[] what = ["--type", "email", "--purpose", "TEST", "x@mail.example"];

        var (exitCode, rows, error) = await Sigx.Run(["check", .. who, .. what]);

        Assert.Equal(ExitCodes.Unavailable, exitCode);
        Assert.Empty(rows);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("mail.example", error, StringComparison.Ordinal);
    }
}
