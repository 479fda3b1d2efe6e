using System.Collections.Concurrent;
using Microsoft.Playwright;
using SignalExchange.Demo;
using SignalExchange.TestKit;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>A silo that dies under an open page: the page says so, changes nothing, and comes back with the silo.</summary>
public sealed class SiloDiesTests(BrowserFixture fixture)
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 60_000 };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_of_a_silo_that_is_killed_says_so_and_comes_back_by_itself_when_it_is_started_again()
    {
        await using var exchange = new ConsoleFixture();
        await exchange.InitializeAsync();
        await exchange.Exchange.Stop(); // from here on it is a process of its own, on the same data
        var log = Path.Combine(exchange.Exchange.DataDirectory, "silo.log");
        await using var silo = new ExchangeProcess(exchange.Exchange.DataDirectory, log);
        var console = new Uri($"http://127.0.0.1:{FreePort.Find()}"); // which nobody is given while the silo is away
        string[] settings =
        [
            "--Exchange:ListenConsole",
            console.ToString(),
            "--Exchange:AccessLog:AppendTimeout",
            "00:00:10",
        ];
        await silo.Start(Ct, settings);
        await using var window = await fixture.Open(exchange.Olga, console);
        await window.Go("/console/members");
        await window.Mark();
        var lost = window.Page.GetByRole(AriaRole.Alertdialog);
        await Assertions.Expect(lost).ToBeHiddenAsync();

        window.MayLoseConnection = true;
        await silo.Kill();
        await Assertions.Expect(lost).ToBeVisibleAsync(Soon);
        await Assertions.Expect(lost).ToContainTextAsync("The connection to the exchange is lost");
        await Assertions.Expect(lost).ToContainTextAsync("what was not confirmed was not done");
        await silo.Start(Ct, settings);

        await window.UntilLoadedAgain(log);
        await window.Ready();
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("Members");
        await Assertions.Expect(window.Page.Locator("tbody")).ToContainTextAsync("consortium");
        await Assertions.Expect(lost).ToBeHiddenAsync();
    }

    [Fact]
    public async Task A_page_that_is_lost_while_the_exchange_answers_is_loaded_again()
    {
        await using var window = await fixture.Open(fixture.Olga);
        var sockets = new ConcurrentQueue<IWebSocketRoute>();
        await window.Page.RouteWebSocketAsync(
            "**/_blazor?*",
            socket =>
            {
                sockets.Enqueue(socket);
                if (sockets.Count != 2) // the second one is made, and never says anything
                {
                    socket.ConnectToServer();
                }
            }
        );
        await window.Go("/console/members");
        await window.Mark();

        window.MayLoseConnection = true;
        await sockets.First().CloseAsync(new() { Code = 4000 });
        await Assertions.Expect(window.Page.GetByRole(AriaRole.Alertdialog)).ToBeVisibleAsync(Soon);

        await window.UntilLoadedAgain();
        await window.Ready();
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("Members");
    }
}
