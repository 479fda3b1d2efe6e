using static SignalExchange.Cluster.Tests.SigxResult;

namespace SignalExchange.Cluster.Tests;

/// <summary>What members and operators settle by the command line: disputes, people's accounts, policy.</summary>
public sealed class SigxGovernanceTests(SigxExchange sigx) : IClassFixture<SigxExchange>
{
    [Fact]
    public async Task A_signal_that_is_disputed_is_withdrawn_by_its_owner()
    {
        await Done(sigx.A("submit", "--type", "email", "taken@mail.example", "--category", "CSE_GROOMING"));
        var dispute = await Raise("taken@mail.example", "RECYCLED");

        var asked = await Done(sigx.A("dispute", "list"));
        var answered = await Done(sigx.A("dispute", "answer", dispute, "withdraw", "--reason", "IDENTIFIER_RECYCLED"));
        var gone = await Done(sigx.B("check", "--purpose", "TEST", "--type", "email", "taken@mail.example"));
        var open = await Done(sigx.B("dispute", "list"));
        var all = await Done(sigx.B("dispute", "list", "--all"));

        Assert.Equal((dispute, ""), (asked.Text("dispute"), asked.Text("raised_by"))); // Who raised it, its owner is not told.
        Assert.Equal("SignalWithdrawn", answered.Text("state"));
        Assert.False(gone.Json[0]!["known"]!.GetValue<bool>());
        Assert.DoesNotContain(open.Json, row => (string)row!["dispute"]! == dispute);
        Assert.Contains(all.Json, row => (string)row!["dispute"]! == dispute);
    }

    [Fact]
    public async Task A_dispute_is_ended_by_whoever_raised_it_and_by_nobody_twice()
    {
        await Done(sigx.A("submit", "--type", "email", "stays@mail.example", "--category", "CSE_GROOMING"));
        var dispute = await Raise("stays@mail.example", "INSUFFICIENT_EVIDENCE");

        var strange = await sigx.A("dispute", "close", dispute);
        var closed = await Done(sigx.B("dispute", "close", dispute));
        var known = await Done(sigx.B("check", "--purpose", "TEST", "--type", "email", "stays@mail.example"));
        var late = await sigx.A("dispute", "answer", dispute, "uphold");

        Assert.Equal(1, strange.ExitCode);
        Assert.Equal("Dropped", closed.Text("state"));
        Assert.True(known.Json[0]!["known"]!.GetValue<bool>());
        Assert.Equal(1, late.ExitCode);
        Assert.Contains("DISPUTE_STATE_WRONG", late.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_is_made_signed_out_and_ended_and_its_code_is_shown_once()
    {
        var invited = await Done(
            sigx.Operator("person", "invite", "ines", "--for", "platform-a", "--role", "MEMBER_ADMINISTRATOR")
        );
        var reset = await Done(sigx.Operator("person", "reset", "ines"));
        await Done(sigx.Operator("person", "sign-out", "ines"));
        var revoked = await Done(sigx.Operator("person", "revoke", "ines"));
        var listed = await Done(sigx.Operator("person", "list"));
        var stranger = await sigx.Operator("person", "revoke", "nobody");
        var member = await sigx.A("person", "list");

        Assert.NotEqual("", invited.Text("code"));
        Assert.NotEqual(invited.Text("code"), reset.Text("code"));
        Assert.Equal("Revoked", revoked.Text("state"));
        Assert.DoesNotContain(reset.Text("code"), listed.Output, StringComparison.Ordinal);
        Assert.Equal((2, 1), (stranger.ExitCode, member.ExitCode));
        Assert.Contains("ROLE_NOT_ALLOWED", member.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_legal_hold_is_placed_shown_and_lifted()
    {
        await Done(sigx.Operator("policy", "hold", "case-7", "--from", "2026-01", "--to", "2026-06"));
        var shown = await Done(sigx.Operator("policy", "show"));
        await Done(sigx.Operator("policy", "lift", "case-7"));
        var lifted = await Done(sigx.Operator("policy", "show"));
        var wrong = await sigx.Operator("policy", "hold", "case-8", "--from", "January", "--to", "2026-06");

        Assert.Contains("case-7", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("case-7", lifted.Output, StringComparison.Ordinal);
        Assert.Equal(2, wrong.ExitCode);
    }

    // The member finds the signal by a check, and names it by its token.
    private async Task<string> Raise(string email, string reason)
    {
        var token = await Done(sigx.B("token", "--type", "email", email));
        var check = await Done(sigx.B("check", "--purpose", "TEST", "--type", "email", email));
        var raised = await Done(
            sigx.B(
                "dispute",
                "raise",
                (string)check.Json[0]!["signals"]![0]!["signal_id"]!,
                "--key-id",
                token.Text("key_id"),
                "--token",
                token.Text("token"),
                "--reason",
                reason
            )
        );
        return raised.Text("dispute");
    }
}
