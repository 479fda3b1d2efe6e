namespace SignalExchange.Cli.Tests.Commands;

public sealed class AdminCommandTests
{
    [Fact]
    public async Task A_server_program_that_is_not_there_is_said_to_be_missing()
    {
        using var error = new StringWriter();

        var code = await SigxApp.Run(
            ["admin", "backup", "--server", "nowhere.dll", "--out", "x"],
            TextWriter.Null,
            error,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains("'nowhere.dll' is not there", error.ToString(), StringComparison.Ordinal);
    }
}
