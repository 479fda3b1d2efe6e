using Google.Protobuf;
using Microsoft.Playwright;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>What an operator is shown of what another one asks for, and given when it is an account's.</summary>
public sealed class ApprovalContentTests(BrowserFixture fixture)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_is_approved_by_who_has_read_its_role_and_thumbprint()
    {
        using var key = new TestMember("consortium");
        var asked = await new MemberService.MemberServiceClient(
            fixture.Exchange.InvokerFor(fixture.Exchange.Operator)
        ).AddMemberKeyAsync(
            new()
            {
                MemberId = "consortium",
                Role = KeyRole.Auditor,
                PublicKey = ByteString.CopyFrom(key.PublicKey),
            },
            cancellationToken: Ct
        );
        await using var window = await fixture.Open(fixture.Otto);
        await window.Go("/console/approvals");

        await Approve(window.Page, key.Thumbprint);

        await Assertions.Expect(window.Page.GetByText("Approved, and done.")).ToBeVisibleAsync();
        Assert.Equal(ApprovalState.Pending, asked.Pending.State);
    }

    [Fact]
    public async Task Who_approves_an_account_is_shown_the_other_half_of_its_code_once()
    {
        var people = new PersonService.PersonServiceClient(fixture.Exchange.InvokerFor(fixture.Exchange.Operator));
        var invited = await people.InvitePersonAsync(
            new()
            {
                Login = "halved",
                MemberId = "consortium",
                Role = KeyRole.Auditor,
            },
            cancellationToken: Ct
        );
        await using var window = await fixture.Open(fixture.Otto);
        await window.Go("/console/approvals");

        await Approve(window.Page, "halved/consortium/Auditor");

        var half = await window.Page.Locator("[data-test=code]").InnerTextAsync();
        await window.MustBeAccessible();
        var person = fixture.NewPerson("halved");
        Assert.Equal("/console", (await person.Enrol(invited.Code, half)).Headers.Location?.ToString());
    }

    // What is approved stands in the row and once more in the question.
    private static async Task Approve(IPage page, string change)
    {
        await page.Locator("tbody tr", new() { HasText = change })
            .GetByRole(AriaRole.Button, new() { Name = "Approve" })
            .ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByText(change)).ToBeVisibleAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
    }
}
