using CsCheck;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;
using SignalExchange.Grains.Tests.People;
using static SignalExchange.Grains.Tests.Members.Acts;

namespace SignalExchange.Grains.Tests.Members;

/// <summary>Acts that need two operators, over a registry in which most of them can be done; values are few, so that acts are often almost the same.</summary>
internal static class RandomActs
{
    private static readonly ByteString[] Keys = [NewKey(), NewKey(), NewKey()];
    private static readonly string Account = PersonActs.NewAccount();
    private static readonly Gen<string> MemberIds = Gen.OneOf("platform-a", "platform-b", "platform-t");
    private static readonly Gen<string> GroupIds = Gen.OneOf("ring", "other-ring");
    private static readonly Gen<string[]> Countries = Gen.OneOf("DE", "NL", "US").Array[0, 3];

    private static readonly Gen<GroupMember> Parts = Gen.Select(MemberIds, Gen.Bool, Gen.Bool, Part);

    private static readonly Gen<DeliveryRule> Rules = Gen.Select(
        Gen.OneOf("DE", "NL"),
        Gen.OneOf(LegalBasis.Authority, LegalBasis.LegalObligation, LegalBasis.PublicInterest).Array[0, 16],
        Gen.OneOf(SharingPurpose.Investigation, SharingPurpose.PlatformSafety).Array[0, 2],
        Gen.Bool,
        (country, bases, purposes, permit) =>
            new DeliveryRule
            {
                Country = country,
                Bases = { bases },
                Purposes = { purposes },
                PermitRequired = permit,
            }
    );

    private static readonly Gen<EntryFilter> Filters = Gen.Select(
        Gen.OneOf("", "platform-a"),
        Gen.OneOf("", "/signalexchange.v1.SignalService/Check"),
        Gen.OneOf(KeyRole.Unspecified, KeyRole.Operator),
        Gen.Int[-1, 1],
        Gen.Int[0, 2],
        (member, method, role, status, pseudonyms) =>
        {
            var filter = new EntryFilter
            {
                MemberId = member,
                Method = method,
                Role = role,
                From = Timestamp.FromDateTimeOffset(Now.AddDays(pseudonyms)),
                Pseudonyms = ByteString.CopyFrom(new byte[16 * pseudonyms]),
            };
            if (status >= 0)
            {
                filter.StatusCode = (uint)status;
            }

            return filter;
        }
    );

    /// <summary>Acts of every kind.</summary>
    public static readonly Gen<RegistryAct> All = Gen.OneOf(
        Gen.Select(Gen.OneOf("platform-new", "platform-x"), GroupIds.Array[0, 2], Gen.OneOf(Keys), Countries, Adding),
        MemberIds.Select(it => new RegistryAct { ActivateMember = new() { MemberId = it } }),
        MemberIds.Select(it => new RegistryAct { ReinstateMember = new() { MemberId = it } }),
        Gen.Select(
            MemberIds,
            Gen.OneOf(OffboardedSignals.Keep, OffboardedSignals.Withdraw),
            (it, signals) =>
                new RegistryAct
                {
                    OffboardMember = new() { MemberId = it, Signals = signals },
                }
        ),
        Gen.Select(
            Gen.OneOf("platform-a", "consortium"),
            Gen.OneOf(Keys),
            Gen.OneOf(KeyRole.Operator, KeyRole.Auditor, KeyRole.MemberBackend, KeyRole.MemberAdministrator),
            KeyAct
        ),
        Gen.Select(
            GroupIds,
            Parts.Array[0, 3],
            (it, parts) => GroupAct(it, [.. parts.DistinctBy(part => part.MemberId)])
        ),
        Filters.Select(it => new RegistryAct
        {
            ExportLog = new() { Filter = it, FileFormat = ExportFormat.Csv },
        }),
        Gen.Select(MemberIds, Gen.Int[-1, 3], Quota),
        Gen.Select(Gen.Int[0, 3], Rules.Array[0, 2], Policy),
        Gen.OneOf("case-1", "case-2").Select(it => new RegistryAct { LiftHold = new() { HoldId = it } }),
        Gen.Select(
            Gen.OneOf("email/2/0000000000000002", "email/3/0000000000000003"),
            Gen.Bool,
            (it, emergency) =>
                new RegistryAct
                {
                    RotateKey = new() { ToKeyId = it, Emergency = emergency },
                }
        ),
        Gen.Select(
            Gen.OneOf("carol", "otto"),
            Gen.OneOf(KeyRole.Operator, KeyRole.Auditor),
            (it, role) => PersonActs.Invitation(it, role)
        ),
        Gen.Const(Account)
            .Select(it => new RegistryAct
            {
                ResetPerson = new() { AccountId = it, CodeDigest = PersonActs.Random(32) },
            })
    );

    /// <summary>A registry with members in several states, groups, an account, holds and two operators.</summary>
    public static RegistryState Registry()
    {
        var state = WithTwoOperators();
        foreach (var member in (string[])["platform-a", "platform-b", "platform-t"])
        {
            state = Add(state, member, ["ring"], NewKey(), Now).Next!;
        }

        var otto = PersonActs.Invitation("otto");
        otto.InvitePerson.AccountId = Account;
        state = PersonActs.WithPerson(state, otto);
        state.FindMember("platform-b")!.State = MemberState.Suspended;
        state.FindMember("platform-t")!.State = MemberState.Test;
        state.Holds.Add(
            new Hold
            {
                HoldId = "case-1",
                FirstPeriod = 1,
                LastPeriod = 2,
            }
        );
        state.Holds.Add(
            new Hold
            {
                HoldId = "case-2",
                FirstPeriod = 1,
                LastPeriod = 3,
            }
        );
        return state;
    }

    private static RegistryAct Adding(string member, string[] groups, ByteString key, string[] countries)
    {
        var act = AddAct(member, groups, key);
        act.AddMember.Jurisdictions.Add(countries);
        return act;
    }

    private static RegistryAct Quota(string member, int tokens)
    {
        var quota = new MemberQuota();
        if (tokens >= 0)
        {
            quota.TokensPerDay = (ulong)tokens;
        }

        return new()
        {
            SetQuota = new() { MemberId = member, Quota = quota },
        };
    }

    private static RegistryAct Policy(int months, DeliveryRule[] rules)
    {
        var policy = new Policy { DeliveryRules = { rules.DistinctBy(it => it.Country) } };
        if (months > 0)
        {
            policy.TrafficMonths = (uint)months;
        }

        return new() { SetPolicy = new() { Policy = policy } };
    }
}
