using SignalExchange.TestKit;
using static SignalExchange.Cluster.Tests.SigxResult;

namespace SignalExchange.Cluster.Tests;

/// <summary>What an operator does with members, groups and the policy by the command line, and what of it members notice.</summary>
public sealed class SigxMemberTests(SigxExchange sigx) : IClassFixture<SigxExchange>
{
    [Fact]
    public async Task A_key_that_was_revoked_opens_nothing_and_another_one_does()
    {
        await Done(sigx.NewKey("lost"));
        await Done(sigx.NewKey("kept"));
        var added = await Done(Add("loses-a-key", "lost"));
        var thumbprint = added.Json[0]!["live_keys"]![0]!.GetValue<string>();
        await Done(sigx.Operator("member", "add-key", "loses-a-key", "--public-key", "kept.pub.pem"));
        await Done(Check("loses-a-key", "lost"));

        // As one word: a thumbprint may begin with a hyphen.
        await Done(sigx.Operator("member", "revoke-key", "loses-a-key", "--thumbprint=" + thumbprint));

        var refused = await Check("loses-a-key", "lost");
        Assert.Contains("CREDENTIALS_INVALID", refused.Error, StringComparison.Ordinal);
        await Done(Check("loses-a-key", "kept"));
    }

    [Fact]
    public async Task A_member_that_leaves_takes_its_signals_with_it_and_calls_no_more()
    {
        await Done(sigx.NewKey("leaver"));
        await Done(Add("leaves", "leaver", "--group", "ring"));
        string[] identifier = ["--type", "email", "left@mail.example"];
        await Done(sigx.As("leaves", "leaver", ["submit", .. identifier, "--category", "CSE_GROOMING"]));
        var before = await Done(sigx.B(["check", .. identifier, "--purpose", "TEST"]));

        var left = await Done(sigx.Operator("member", "offboard", "leaves", "--signals", "withdraw"));

        var after = await Done(sigx.B(["check", .. identifier, "--purpose", "TEST"]));
        var refused = await Check("leaves", "leaver");
        Assert.Equal((true, false), (IsKnown(before), IsKnown(after)));
        Assert.Equal("OffboardedWithdrawn", left.Text("state"));
        Assert.Equal(1, refused.ExitCode);
    }

    [Fact]
    public async Task A_quota_of_its_own_ends_a_members_day_and_the_default_gives_it_back()
    {
        await Done(sigx.NewKey("asker"));
        await Done(Add("asks-much", "asker"));

        var set = await Done(sigx.Operator("member", "quota", "asks-much", "--evaluations", "0"));
        var spent = await Check("asks-much", "asker");
        var reset = await Done(sigx.Operator("member", "quota", "asks-much"));

        Assert.Equal(0UL, set.Json[0]!["evaluations_per_day"]!.GetValue<ulong>());
        Assert.Contains("QUOTA_EVALUATIONS_SPENT", spent.Error, StringComparison.Ordinal);
        Assert.Null(reset.Json[0]!["evaluations_per_day"]);
        await Eventually.ResultAsync(
            () => Check("asks-much", "asker"),
            check => check.ExitCode == 0,
            "the silo has forgotten what it refused, which it believes for five seconds"
        );
    }

    [Fact]
    public async Task Who_only_sees_a_group_may_not_share_with_it()
    {
        string[] set = ["group", "set", "watchers", "--member-of", "platform-a", "--sees", "platform-b"];
        string[] share = ["submit", "--type", "email", "x@mail.example", "--category", "CSE_GROOMING"];
        var group = await Done(sigx.Operator(set));

        var shared = await Done(sigx.A([.. share, "--group", "watchers"]));
        var refused = await sigx.B([.. share, "--group", "watchers"]);

        Assert.Equal(2, group.Json[0]!["sees"]!.AsArray().Count);
        Assert.Equal("platform-a", group.Json[0]!["uses"]![0]!.GetValue<string>());
        Assert.Equal("accepted", shared.Text("outcome"));
        Assert.Equal(1, refused.ExitCode);
    }

    [Fact]
    public async Task A_policy_is_set_whole()
    {
        await Done(sigx.Operator("policy", "set", "--traffic-months", "18", "--delivery", "FR,basis=authority"));
        var shown = await Done(sigx.Operator("policy", "show"));
        await Done(sigx.Operator("policy", "set", "--alarm-tokens", "5000"));
        var again = await Done(sigx.Operator("policy", "show"));

        Assert.Equal(18, shown.Json[0]!["traffic_months"]!.GetValue<int>());
        Assert.Equal("FR", shown.Json[0]!["delivery_rules"]![0]!["country"]!.GetValue<string>());
        Assert.Null(again.Json[0]!["traffic_months"]);
        Assert.Equal(5000, again.Json[0]!["alarm_tokens"]!.GetValue<int>());
    }

    private Task<SigxResult> Add(string member, string key, params string[] more) =>
        sigx.Operator(["member", "add", member, "--public-key", key + ".pub.pem", .. more]);

    private Task<SigxResult> Check(string member, string key) =>
        sigx.As(member, key, "check", "--purpose", "TEST", "--type", "email", "nobody@mail.example");

    private static bool IsKnown(SigxResult check) => check.Json[0]!["known"]!.GetValue<bool>();
}
