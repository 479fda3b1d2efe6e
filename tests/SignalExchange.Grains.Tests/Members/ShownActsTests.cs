using System.Collections.Concurrent;
using CsCheck;
using Google.Protobuf;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Grains.Tests.People;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.Members;

/// <summary>Nobody approves blind: what an approver was shown is all that is done.</summary>
public sealed class ShownActsTests
{
    private readonly RegistryState _state = RandomActs.Registry();

    private string First => OperatorOf(_state, 0);

    private string Second => OperatorOf(_state, 1);

    [Fact]
    public void A_key_that_is_asked_for_is_shown_with_its_role_and_thumbprint()
    {
        var key = NewKey();
        KeyThumbprint.TryCompute(key.Span, out var thumbprint);

        var asked = FourEyes.Request(_state, KeyAct("consortium", key, KeyRole.Operator), First, Now);

        Assert.Contains(
            new LogChange { Setting = "member.key", NewValue = $"{thumbprint}/Operator" },
            asked.Approval!.Changes
        );
    }

    [Fact]
    public void An_operators_key_is_not_approved_by_who_was_shown_an_auditors()
    {
        var key = NewKey();
        var harmless = FourEyes.Request(_state, KeyAct("consortium", key, KeyRole.Auditor), First, Now).Approval!;
        var asked = FourEyes.Request(_state, KeyAct("consortium", key, KeyRole.Operator), First, Now);
        harmless.ApprovalId = asked.Approval!.ApprovalId;

        var step = Approve(asked.Next!, harmless, Second, Now);

        Assert.Equal((ErrorReason.ApprovalNotShown, "shown_digest"), (step.Refusal?.Reason, step.Refusal?.Field));
        Assert.Null(step.Next);
    }

    [Fact]
    public void Whoever_does_not_say_what_they_were_shown_approves_nothing()
    {
        var asked = FourEyes.Request(_state, AddAct("platform-x", [], NewKey()), First, Now);
        var id = asked.Approval!.ApprovalId.ToByteArray();

        var step = FourEyes.Approve(asked.Next!, new(id, [], new byte[32], Second), Now);

        Assert.Equal(ErrorReason.ApprovalNotShown, step.Refusal?.Reason);
    }

    [Fact]
    public void An_act_that_would_change_something_else_by_now_is_looked_at_again()
    {
        var asked = FourEyes.Request(_state, GroupAct("ring", Part("platform-a")), First, Now);
        var meanwhile = RegistryActs.Apply(asked.Next!, GroupAct("ring", Part("platform-b")), Now).Next!;

        Assert.Equal(ErrorReason.ApprovalNotShown, Approve(meanwhile, asked.Approval!, Second, Now).Refusal?.Reason);
        var shown = FourEyes.Shown(meanwhile, meanwhile.Requested.Single(), Now);
        Assert.Contains("ring/platform-b/see+use", shown.Changes.Select(it => it.OldValue));
        Assert.Null(Approve(meanwhile, shown, Second, Now).Refusal);
    }

    [Fact]
    public void Two_who_were_shown_the_same_approve_the_same_once()
    {
        var asked = FourEyes.Request(_state, GroupAct("ring", Part("platform-a")), First, Now);
        var done = Approve(asked.Next!, asked.Approval!, Second, Now);

        var again = Approve(done.Next!, asked.Approval!, Second, Now);

        Assert.Null(again.Next);
        Assert.Equal(done.Approval, again.Approval);
        Assert.Equal(
            ErrorReason.ApprovalNotShown,
            FourEyes
                .Approve(done.Next!, new(asked.Approval!.ApprovalId.ToByteArray(), new byte[32], [], Second), Now)
                .Refusal?.Reason
        );
    }

    [Fact]
    public void Whoever_activates_a_member_is_shown_whose_keys_come_into_force()
    {
        var key = _state.FindMember("platform-t")!.Keys.Single();

        var asked = FourEyes.Request(_state, new() { ActivateMember = new() { MemberId = "platform-t" } }, First, Now);

        var value = $"{key.Thumbprint}/MemberBackend";
        Assert.Contains(
            new LogChange
            {
                Setting = "member.key",
                OldValue = value,
                NewValue = value,
            },
            asked.Approval!.Changes
        );
    }

    [Fact]
    public void Whoever_approves_new_credentials_is_shown_the_role_that_they_are_for()
    {
        var act = new RegistryAct
        {
            ResetPerson = new()
            {
                AccountId = _state.People.Single().Person.AccountId,
                CodeDigest = PersonActs.Random(32),
            },
        };

        var changes = FourEyes.Request(_state, act, First, Now).Approval!.Changes;

        Assert.Contains(("person.code", "otto/new"), changes.Select(it => (it.Setting, it.NewValue)));
        Assert.Contains(("person.role", "otto/consortium/Operator"), changes.Select(it => (it.Setting, it.NewValue)));
    }

    [Fact]
    public void The_log_says_what_was_asked_for_when_it_was_asked_for()
    {
        var asked = FourEyes.Request(_state, new() { LiftHold = new() { HoldId = "case-1" } }, First, Now);

        var logged = RegistryChanges.Between(_state, asked.Next!);

        Assert.Contains(
            ("asked.log.hold", "case-1/1-2/Unspecified", ""),
            logged.Select(it => (it.Setting, it.OldValue, it.NewValue))
        );
        Assert.Contains(
            Convert.ToHexStringLower(ApprovalDigest.Of(asked.Approval!)),
            logged.Single(it => it.Setting == "approval.shown").NewValue,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void What_was_shown_is_what_is_done()
    {
        var kinds = new ConcurrentDictionary<ApprovalAct, int>();
        RandomActs.All.Sample(
            act =>
            {
                var asked = FourEyes.Request(_state, act, First, Now);
                if (asked.Approval is null)
                {
                    return; // refused, or it is so already
                }

                kinds.AddOrUpdate(asked.Approval.Act, 1, (_, count) => count + 1);
                var done = Approve(asked.Next!, asked.Approval, Second, Now.AddHours(1));

                Assert.Null(done.Refusal);
                Assert.Equal(
                    RegistryChanges
                        .Between(asked.Next!, done.Next!)
                        .Where(it => it.Setting != "approval.state")
                        .Select(Told),
                    asked.Approval.Changes.Where(IsDone).Select(Told)
                );
            },
            iter: 2_000
        );
        Assert.Equal(KindsThatAnOperatorAsksFor, kinds.Keys.Order());
    }

    [Fact]
    public void Two_acts_that_do_not_do_the_same_do_not_look_the_same()
    {
        Gen.Select(RandomActs.All, RandomActs.All)
            .Sample(
                (one, other) =>
                {
                    var (first, second) = (
                        FourEyes.Request(_state, one, First, Now),
                        FourEyes.Request(_state, other, First, Now)
                    );
                    if (first.Approval is null || second.Approval is null)
                    {
                        return;
                    }

                    second.Approval.ApprovalId = first.Approval.ApprovalId;
                    if (ApprovalDigest.Of(first.Approval).AsSpan().SequenceEqual(ApprovalDigest.Of(second.Approval)))
                    {
                        Assert.Equal(Effect(one), Effect(other));
                    }
                },
                iter: 20_000
            );
    }

    [Fact]
    public void Everything_that_is_shown_has_its_closed_form_and_nothing_is_cut_short()
    {
        RandomActs.All.Sample(act =>
        {
            foreach (var change in AskedChanges.Of(_state, act, Now) ?? [])
            {
                Assert.Null(MessageForms.Check(change));
                Assert.DoesNotContain("...", change.NewValue, StringComparison.Ordinal);
            }
        });
    }

    // Revoking a key of the consortium is among the tests of keys: it is the one that only counts which keys are left.
    private static IEnumerable<ApprovalAct> KindsThatAnOperatorAsksFor =>
        System.Enum.GetValues<ApprovalAct>().Except([ApprovalAct.Unspecified, ApprovalAct.RevokeKey]).Order();

    private static bool IsDone(LogChange change) =>
        change.OldValue != change.NewValue && !change.Setting.StartsWith("export.", StringComparison.Ordinal);

    // The time that a code is good until is not known before.
    private static string Told(LogChange change) =>
        change.Setting == RegistryChanges.CodeSetting
            ? change.Setting
            : $"{change.Setting}: {change.OldValue} > {change.NewValue}";

    // What an act comes to; of an export, what it takes out. Order and repetition of a rule's terms mean nothing.
    private string Effect(RegistryAct act)
    {
        var next = RegistryActs.Apply(_state, act, Now).Next!;
        foreach (var record in next.People)
        {
            record.CodeDigest = ByteString.Empty;
            record.Person.AccountId = record.Person.Login;
        }

        foreach (var rule in next.Policy?.DeliveryRules ?? [])
        {
            var bases = rule.Bases.Distinct().Order().ToList();
            rule.Bases.Clear();
            rule.Bases.Add(bases);
            var purposes = rule.Purposes.Distinct().Order().ToList();
            rule.Purposes.Clear();
            rule.Purposes.Add(purposes);
        }

        return $"{next} {act.ExportLog}";
    }
}
