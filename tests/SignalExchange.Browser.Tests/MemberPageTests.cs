using System.Security.Cryptography;
using Microsoft.Playwright;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>What a member's administrators do: their own keys, their own signals, what they must answer; of nobody else's member.</summary>
public sealed class MemberPageTests(BrowserFixture fixture)
{
    [Fact]
    public async Task A_key_is_added_by_its_public_half_and_revoked()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var window = await fixture.Open(fixture.Marc);
        await window.Go("/console/member");
        var live = window.Page.Locator("tbody tr", new() { HasText = "Live" });
        await live.First.WaitForAsync();
        var before = await live.CountAsync();
        await Button(window.Page, "Add a key").ClickAsync();
        await window.Page.GetByRole(AriaRole.Radio, new() { Name = "Your backend's" }).CheckAsync();
        var pem = window.Page.GetByLabel("Public key, PEM");
        await pem.Enter(key.ExportPkcs8PrivateKeyPem());
        await Assertions.Expect(window.Page.GetByText("That is no public key of the curve P-256")).ToBeVisibleAsync();
        await Assertions.Expect(Button(window.Page, "Add the key")).ToBeDisabledAsync();
        await window.MustBeAccessible();

        await pem.Enter(key.ExportSubjectPublicKeyInfoPem());
        await Button(window.Page, "Add the key").ClickAsync();
        await Assertions.Expect(live).ToHaveCountAsync(before + 1);

        await Button(live.First, "Revoke", isExact: false).ClickAsync();
        await Button(window.Page.GetByRole(AriaRole.Dialog), "Revoke").ClickAsync();
        await Assertions.Expect(live).ToHaveCountAsync(before);
    }

    [Fact]
    public async Task What_became_of_a_members_signals_is_shown_to_its_administrators_without_a_token()
    {
        var dispute = await fixture.Dispute();
        await using var window = await fixture.Open(fixture.Marc);
        await window.Go("/console/member");
        var row = OperatorPageTests.RowOf(window.Page, dispute).Filter(new() { HasText = "Disputed" });
        for (var look = 0; look < 180 && await row.CountAsync() == 0; look++)
        {
            await Task.Delay(500, TestContext.Current.CancellationToken);
            await window.Go("/console/member");
        }

        await Assertions.Expect(row).ToBeVisibleAsync();
        await Assertions.Expect(window.Page.GetByText("Retracted").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_dispute_is_answered_by_withdrawing_the_signal()
    {
        var dispute = await fixture.Dispute();
        await using var window = await fixture.Open(fixture.Marc);
        await window.Go("/console/disputes");
        var row = OperatorPageTests.RowOf(window.Page, dispute);
        await Assertions.Expect(row).ToContainTextAsync("answer due");

        await Button(row, "Withdraw the signal").ClickAsync();
        await Button(window.Page.GetByRole(AriaRole.Dialog), "Withdraw it").ClickAsync();

        await Assertions.Expect(row).ToHaveCountAsync(0);
        await window.Page.Locator(".mud-toggle-item", new() { HasText = "All" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Signal withdrawn");
    }

    [Fact]
    public async Task A_dispute_is_answered_by_standing_by_the_signal()
    {
        var dispute = await fixture.Dispute();
        await using var window = await fixture.Open(fixture.Marc);
        await window.Go("/console/disputes");
        var row = OperatorPageTests.RowOf(window.Page, dispute);

        await Button(row, "Stand by it").ClickAsync();
        await Button(window.Page.GetByRole(AriaRole.Dialog), "Stand by it").ClickAsync();

        await Assertions.Expect(row).ToContainTextAsync("Upheld");
        Assert.Equal(DisputeState.Upheld, (await StateOf(dispute)));
    }

    private async Task<DisputeState> StateOf(Dispute dispute)
    {
        var listed = await fixture.RaiserSide.ListDisputesAsync(new() { PageSize = 200 });
        return listed.Disputes.Single(it => it.DisputeId == dispute.DisputeId).State;
    }

    private static ILocator Button(IPage page, string name) => Button(page.Locator("body"), name);

    private static ILocator Button(ILocator within, string name, bool isExact = true) =>
        within.GetByRole(AriaRole.Button, new() { Name = name, Exact = isExact });
}
