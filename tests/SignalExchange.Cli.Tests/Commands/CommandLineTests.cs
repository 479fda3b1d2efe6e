using SignalExchange.Cli.Tests.Logs;

namespace SignalExchange.Cli.Tests.Commands;

/// <summary>What no command takes, and what becomes of one that is interrupted.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sigx-line-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("log tail -n -1", "--lines")]
    [InlineData("check --type email x@mail.example", "--purpose")] // A purpose is evidence: nobody but the caller says it.
    [InlineData("check-file bans.csv", "--purpose")]
    [InlineData("ad match ad.txt", "--purpose")]
    [InlineData("submit --type email x@mail.example --category CSE_GROOMING --confidence -5", "--confidence")]
    [InlineData("submit --type email x@mail.example --category CSE_GROOMING --expires-days 99999999", "--expires-days")]
    [InlineData("submit --type email x@mail.example --category CSE_GROOMING --expires-days -1", "--expires-days")]
    [InlineData("ad register ad.txt --category CSE_GROOMING --min-bands 2", "--min-bands")]
    [InlineData("ad register ad.txt --category CSE_GROOMING --min-bands 13", "--min-bands")]
    [InlineData("ad register ad.txt --category CSE_GROOMING --min-bands -5", "--min-bands")]
    public async Task What_cannot_be_meant_is_refused(string line, string option)
    {
        var result = await Sigx.Run(line.Split(' '));

        Assert.Equal(ExitCodes.Usage, result.ExitCode);
        Assert.Contains(option, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_interrupted_says_so_and_no_more()
    {
        var key = Path.Combine(_folder, "key");
        Assert.Equal(ExitCodes.Done, (await Sigx.Run("keys", "new", "--out", key)).ExitCode);
        using var output = new StringWriter();
        using var error = new StringWriter();

        var exitCode = await SigxApp.Run(
            ["member", "list", "--member", "consortium", "--key", $"{key}.key.pem", "--endpoint", "http://127.0.0.1:1"],
            output,
            error,
            new CancellationToken(canceled: true)
        );

        Assert.Equal((ExitCodes.Interrupted, "", ""), (exitCode, output.ToString(), error.ToString()));
    }
}
