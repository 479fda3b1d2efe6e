using System.Text.RegularExpressions;
using SignalExchange.Silo.Hosting;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.Tests.SignIn;

/// <summary>The server's command <c>sign-in-code</c>, which <c>./run.sh</c> prints the answer of.</summary>
public sealed class ServerCodeTests
{
    [Fact]
    public async Task It_prints_a_code_with_which_an_operator_who_lost_everything_comes_in()
    {
        await using var console = new ConsoleFixture();
        await console.InitializeAsync();
        await console.Exchange.Stop(); // the command needs the data to itself

        var (status, printed) = await Run("--name", "olga", "--Exchange:DataDirectory", console.Exchange.DataDirectory);

        Assert.Equal(0, status);
        var code = Regex.Match(printed, @"One-time code of olga, good for a day: (\S+)").Groups[1].Value;
        await console.Start();
        var olga = console.NewPerson("olga");
        Assert.Equal("/console", (await olga.Enrol(code)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task A_name_that_is_none_is_refused()
    {
        Assert.Equal(2, (await Run("--name", "Not A Name")).Status);
        Assert.Equal(2, (await Run()).Status);
    }

    private static async Task<(int Status, string Printed)> Run(params string[] args)
    {
        var (before, printed) = (Console.Out, new StringWriter());
        Console.SetOut(TextWriter.Synchronized(printed));
        try
        {
            return (
                await SignInCodeCommand.Run([.. args, "--Logging:LogLevel:Default", "Warning"]),
                printed.ToString()
            );
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
