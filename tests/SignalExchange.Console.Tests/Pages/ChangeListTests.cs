using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Elements;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>What an approver reads before approving.</summary>
public sealed class ChangeListTests
{
    [Fact]
    public async Task It_says_what_comes_what_goes_what_becomes_another_and_what_stays()
    {
        var html = await Draw([
            Of("member.key", "", "THUMB/Operator"),
            Of("log.hold", "case-1/1-2", ""),
            Of("member.state", "a/Test", "a/Active"),
            Of("member.agreement", "a/agreement-1", "a/agreement-1"),
        ]);

        Assert.Contains("member.key</span> <code>THUMB/Operator</code>", html, StringComparison.Ordinal);
        Assert.Contains("<code>case-1/1-2 → gone</code>", html, StringComparison.Ordinal);
        Assert.Contains("<code>a/Test → a/Active</code>", html, StringComparison.Ordinal);
        Assert.Contains("<code>a/agreement-1, as it is</code>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_is_folded_and_whole()
    {
        var changes = Enumerable.Range(0, 500).Select(it => Of("group.member", "", $"ring/member-{it}/see")).ToList();

        var html = await Draw(changes, limit: 8);

        Assert.Contains("<summary>500 changes</summary>", html, StringComparison.Ordinal);
        Assert.All(changes, it => Assert.Contains(it.NewValue, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_an_act_that_changes_nothing_it_says_so() =>
        Assert.Contains("nothing", await Draw([]), StringComparison.Ordinal);

    private static LogChange Of(string setting, string from, string to) =>
        new()
        {
            Setting = setting,
            OldValue = from,
            NewValue = to,
        };

    private static async Task<string> Draw(IReadOnlyList<LogChange> changes, int limit = int.MaxValue)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>
            {
                [nameof(ChangeList.Changes)] = changes,
                [nameof(ChangeList.Limit)] = limit,
            }
        );
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<ChangeList>(parameters)).ToHtmlString()
        );
        return System.Net.WebUtility.HtmlDecode(html);
    }
}
