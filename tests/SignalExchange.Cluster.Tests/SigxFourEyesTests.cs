namespace SignalExchange.Cluster.Tests;

/// <summary>What takes two operators, by the command line; on an exchange of its own, since from the second on everything weighty does.</summary>
public sealed class SigxFourEyesTests(SigxExchange sigx) : IClassFixture<SigxExchange>
{
    [Fact]
    public async Task A_member_enrols_itself_by_a_code_and_two_operators_activate_it()
    {
        await sigx.Run("keys", "new", "--out", "newcomer");
        await sigx.Run("keys", "new", "--out", "second");
        var invited = await sigx.Operator(
            "member",
            "invite",
            "newcomer",
            "--country",
            "DE",
            "--agreement",
            "agreement-3"
        );
        var code = invited.Json[0]!["enrolment_code"]!.GetValue<string>();
        var enrolled = await sigx.As(
            "newcomer",
            "newcomer",
            "member",
            "enrol",
            "--code",
            code,
            "--agreement",
            "agreement-3"
        );
        Assert.Equal("Test", enrolled.Json[0]!["state"]!.GetValue<string>());
        await sigx.Operator("member", "add-key", "consortium", "--public-key", "second.pub.pem", "--role", "operator");

        var asked = await sigx.Operator("member", "activate", "newcomer");
        var id = asked.Json[0]!["approval"]!.GetValue<string>();
        Assert.Equal(("Test", "Pending"), (asked.Text("state"), asked.Text("approval_state")));
        var seen = await sigx.As("consortium", "second", "approval", "show", id);
        Assert.Contains(seen.Json, row => row!["after"]?.GetValue<string>() == "newcomer/Active");
        var shown = seen.Json[^1]!["shown"]!.GetValue<string>();
        Assert.Equal(1, (await sigx.Operator("approval", "approve", id, "--shown", shown)).ExitCode);
        var blind = await sigx.As("consortium", "second", "approval", "approve", id, "--shown", new string('0', 64));
        Assert.Contains("APPROVAL_NOT_SHOWN", blind.Error, StringComparison.Ordinal);
        var approved = await sigx.As("consortium", "second", "approval", "approve", id, "--shown", shown);
        Assert.Equal("Approved", approved.Text("approval_state"));
        await MustHaveAHalfEach();

        var listed = await sigx.Operator("member", "list");
        Assert.Contains(
            listed.Json,
            row => row!["member"]!.GetValue<string>() == "newcomer" && row["state"]!.GetValue<string>() == "Active"
        );
    }

    // Of an account that two operators make, neither has the whole code.
    private async Task MustHaveAHalfEach()
    {
        var invited = await sigx.Operator("person", "invite", "carol", "--role", "auditor");
        var id = invited.Text("approval");
        var seen = await sigx.As("consortium", "second", "approval", "show", id);
        var shown = seen.Json[^1]!["shown"]!.GetValue<string>();

        var approved = await sigx.As("consortium", "second", "approval", "approve", id, "--shown", shown);

        Assert.Null(invited.Json[0]!["code"]);
        Assert.NotEqual(invited.Text("code_half"), approved.Text("code_half"));
        Assert.Equal(29, approved.Text("code_half").Length);
    }
}
