using System.Net;
using Google.Protobuf;
using Microsoft.Playwright;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests;
using SignalExchange.WebConsole.Tests.Hosting;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>The only operator of an exchange brings a member in and out, and a person: whatever is clicked is done at once, and seen.</summary>
public sealed class OperatorActTests(BrowserFixture fixture, ConsoleFixture alone) : IClassFixture<ConsoleFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_is_invited_activated_suspended_reinstated_given_quotas_and_let_go()
    {
        await using var window = await fixture.Open(alone.Olga, alone.Address);
        using var key = new TestMember("platform-new");
        await Enrol(key, await Invite(window, key.MemberId));
        await window.Go($"/console/members/{key.MemberId}");
        var standing = window.Page.Locator(".card-box", new() { HasText = "Standing" });

        await Confirm(window.Page, "Activate");
        await Assertions.Expect(window.Page.GetByText("The member is active.")).ToBeVisibleAsync();
        await Assertions.Expect(standing.Locator(".tag")).ToHaveTextAsync("Active");
        await Confirm(window.Page, "Suspend");
        await Assertions.Expect(standing.Locator(".tag")).ToHaveTextAsync("Suspended");
        await Confirm(window.Page, "Reinstate");
        await Assertions.Expect(standing.Locator(".tag")).ToHaveTextAsync("Active");

        await Button(window.Page, "Change").ClickAsync();
        await window.Page.GetByLabel("VOPRF evaluations").Enter("500");
        await Button(window.Page, "Set the quotas").ClickAsync();
        await Assertions.Expect(window.Page.GetByText("500, of its own")).ToBeVisibleAsync();

        await Button(window.Page.Locator("tbody tr", new() { HasText = "Live" }), "Revoke", isExact: false)
            .ClickAsync();
        await Button(window.Page.GetByRole(AriaRole.Dialog), "Revoke").ClickAsync();
        await Assertions.Expect(window.Page.Locator("tbody tr")).ToContainTextAsync("Revoked");

        await LetGoInTwoWindows(window, key.MemberId);
    }

    [Fact]
    public async Task A_person_is_invited_given_a_new_code_signed_out_and_revoked()
    {
        await using var window = await fixture.Open(alone.Olga, alone.Address);
        await window.Go("/console/people");
        await Button(window.Page, "Invite somebody").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = "Auditor" }).CheckAsync();
        await dialog.Locator("#person-login").Enter("iris");
        await Button(dialog, "Invite").ClickAsync();
        var code = await dialog.Locator("[data-test=code]").InnerTextAsync();
        await Button(dialog, "I have handed it over").ClickAsync();
        var row = window.Page.Locator("tbody tr", new() { HasText = "iris" });
        await Assertions.Expect(row.Locator(".tag")).ToHaveTextAsync("Invited");
        var iris = alone.NewPerson("iris");
        await iris.Enrol(code);
        Assert.Equal(HttpStatusCode.OK, await StatusOf(iris));

        await Button(row, "New code").ClickAsync();
        await Button(dialog, "Make the code").ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("hand it to iris yourself");
        await Button(dialog, "I have handed it over").ClickAsync();
        Assert.Equal(HttpStatusCode.OK, await StatusOf(iris)); // until it is used, what was good stays so

        await Button(row, "Sign out").ClickAsync();
        await Button(dialog, "Sign out").ClickAsync();
        await Assertions.Expect(window.Page.GetByText("Signed out everywhere.")).ToBeVisibleAsync();
        Assert.Equal(HttpStatusCode.Redirect, await StatusOf(iris));

        await Button(row, "Revoke").ClickAsync();
        await Button(dialog, "Revoke").ClickAsync();
        await Assertions.Expect(row.Locator(".tag")).ToHaveTextAsync("Revoked");
        await Assertions.Expect(row.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        Assert.Equal(HttpStatusCode.Unauthorized, (await iris.SignIn()).StatusCode);
    }

    // The second window does not know yet what the first has done: what it asks for is refused, and that stays when it reads the member again.
    private async Task LetGoInTwoWindows(Window first, string member)
    {
        await using var second = await fixture.Open(alone.Olga, alone.Address);
        await second.Go($"/console/members/{member}");
        await Button(second.Page, "End the membership").WaitForAsync();
        await End(first.Page, "Its signals stay in force");
        await Assertions.Expect(first.Page.GetByText("The membership has ended.")).ToBeVisibleAsync();
        await Assertions.Expect(first.Page.Locator(".tag").First).ToHaveTextAsync("Offboarded kept");

        await End(second.Page, "Its signals are withdrawn");

        await Assertions.Expect(second.Page.Locator(".tag").First).ToHaveTextAsync("Offboarded kept");
        await Assertions.Expect(second.Page.Locator("main").GetByRole(AriaRole.Alert)).ToContainTextAsync("member");
        await Assertions.Expect(second.Page.GetByText("The membership has ended.")).ToHaveCountAsync(0);
    }

    private static async Task End(IPage page, string choice)
    {
        await Button(page, "End the membership").ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new() { Name = choice }).CheckAsync();
        await Button(dialog, "End the membership").ClickAsync();
    }

    private static async Task<string> Invite(Window window, string member)
    {
        await window.Go("/console/members");
        await Button(window.Page, "Invite a member").ClickAsync();
        var dialog = window.Page.GetByRole(AriaRole.Dialog);
        await dialog.Locator("#member-id").Enter(member);
        await dialog.Locator("#member-countries").Enter("NL");
        await Button(dialog, "Invite").ClickAsync();
        var code = await dialog.Locator("[data-test=code]").InnerTextAsync();
        await Button(dialog, "I have handed it over").ClickAsync();
        await Assertions
            .Expect(window.Page.Locator("tbody tr", new() { HasText = member }).Locator(".tag"))
            .ToHaveTextAsync("Invited");
        return code;
    }

    private async Task Enrol(TestMember key, string code)
    {
        var request = new EnrolMemberRequest
        {
            MemberId = key.MemberId,
            EnrolmentCode = ByteString.CopyFrom(Convert.FromHexString(code)),
            PublicKey = ByteString.CopyFrom(key.PublicKey),
            Agreement = "agreement-1",
        };
        request.Signature = ByteString.CopyFrom(key.SignBytes(EnrolmentProof.MessageOf(request)));
        var anybody = new MemberService.MemberServiceClient(alone.Exchange.InvokerFor(null));
        await anybody.EnrolMemberAsync(request, cancellationToken: Ct);
    }

    private static async Task<HttpStatusCode> StatusOf(ConsolePerson auditor) =>
        (await auditor.Http.GetAsync("/console/log", Ct)).StatusCode;

    private static async Task Confirm(IPage page, string act)
    {
        await Button(page.Locator("main"), act).ClickAsync();
        await Button(page.GetByRole(AriaRole.Dialog), act).ClickAsync();
    }

    private static ILocator Button(IPage page, string name) => Button(page.Locator("body"), name);

    private static ILocator Button(ILocator within, string name, bool isExact = true) =>
        within.GetByRole(AriaRole.Button, new() { Name = name, Exact = isExact });
}
