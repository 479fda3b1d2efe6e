using Microsoft.Playwright;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>A silo that dies under an open page: the page says so, changes nothing, and comes back with the silo.</summary>
public sealed class SiloDiesTests(BrowserFixture fixture)
{
    [Fact]
    public async Task An_open_page_says_that_the_exchange_is_gone_and_works_again_when_it_is_back()
    {
        await using var exchange = new ConsoleFixture();
        await exchange.InitializeAsync();
        await using var window = await fixture.Open(exchange.Olga, exchange.Address);
        await window.Go("/console/members");
        var lost = window.Page.GetByRole(AriaRole.Alertdialog);
        await Assertions.Expect(lost).ToBeHiddenAsync();

        await exchange.Exchange.Stop();
        await Assertions.Expect(lost).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(lost).ToContainTextAsync("The connection to the exchange is lost");

        await exchange.Exchange.Start("--Exchange:ListenConsole", exchange.Address.ToString());
        await window.Page.GotoAsync("/console/members");
        await Assertions.Expect(window.Page.Locator("h1")).ToHaveTextAsync("Members", new() { Timeout = 60_000 });
        await Assertions.Expect(lost).ToBeHiddenAsync();
        window.Forgive(); // what the browser says of a connection that breaks
    }
}
