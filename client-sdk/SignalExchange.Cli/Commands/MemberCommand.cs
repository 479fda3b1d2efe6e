using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Administration;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx member ...</c>: a member's life, for the consortium's operators; <c>enrol</c> is the member's own.</summary>
internal static class MemberCommand
{
    public static Command Create() =>
        new("member", "Members; for operators.")
        {
            Invite(),
            Enrol(),
            Change(
                "activate",
                "Lets a member in test mode take part.",
                (members, id, it) => members.ActivateAsync(id, it)
            ),
            Add(),
            List(),
            Change(
                "suspend",
                "Refuses every further call of a member; its signals stay.",
                async (members, id, it) => new(await members.SuspendAsync(id, it), null)
            ),
            Change(
                "reinstate",
                "Lets a suspended member call again.",
                (members, id, it) => members.ReinstateAsync(id, it)
            ),
            Quota(),
            Offboard(),
            MemberKeyCommand.Add(),
            MemberKeyCommand.Revoke(),
        };

    private static Command Invite()
    {
        var id = MemberOptions.Name();
        var countries = MemberOptions.Countries(isRequired: true);
        var agreement = MemberOptions.Agreement();
        return new ExchangeCommand("invite", "Invites a member; prints its enrolment code, this once.")
        {
            id,
            countries,
            agreement,
        }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var invitation = await client.Members.InviteAsync(
                    new MemberId(parsed.GetValue(id)!),
                    parsed.GetValue(countries)!,
                    parsed.GetValue(agreement)!,
                    cancellationToken
                );
                var row = AdministrationRows.Of(invitation.Member);
                row["enrolment_code"] = Convert.ToHexStringLower(invitation.EnrolmentCode.Span);
                return [row];
            }
        );
    }

    private static Command Enrol()
    {
        var code = new Option<string>("--code")
        {
            Description = "The enrolment code, 64 hexadecimal digits.",
            Required = true,
        };
        var agreement = MemberOptions.Agreement();
        return new ExchangeCommand("enrol", "Enrols --key as the invited --member, into test mode.")
        {
            code,
            agreement,
        }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    AdministrationRows.Of(
                        await client.Enrolment.EnrolAsync(
                            HexText.Parse("--code", parsed.GetValue(code)!, Token.Size),
                            parsed.GetValue(agreement)!,
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    private static Command Add()
    {
        var id = MemberOptions.Name();
        var publicKey = MemberOptions.PublicKey();
        var groups = new Option<string[]>("--group")
        {
            Description = "Sharing group that it sees and may use; may be repeated.",
            DefaultValueFactory = _ => [],
        };
        var countries = MemberOptions.Countries(isRequired: false);
        return new ExchangeCommand("add", "Adds an active member with its first key.")
        {
            id,
            publicKey,
            groups,
            countries,
        }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    AdministrationRows.Of(
                        await client.Members.AddAsync(
                            new MemberId(parsed.GetValue(id)!),
                            parsed.GetValue(groups)!,
                            await MemberOptions.ReadPublicKey(parsed.GetValue(publicKey)!, cancellationToken),
                            parsed.GetValue(countries)!,
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    private static Command List() =>
        new ExchangeCommand("list", "Lists members.").Runs(
            async (client, _, cancellationToken) =>
                await client
                    .Members.ListAsync(cancellationToken)
                    .Select(AdministrationRows.Of)
                    .ToListAsync(cancellationToken)
        );

    private static Command Quota()
    {
        var id = MemberOptions.Name();
        var evaluations = new Option<ulong?>("--evaluations")
        {
            Description = "VOPRF evaluations a day; the default if not given.",
        };
        var tokens = new Option<ulong?>("--tokens")
        {
            Description = "Distinct tokens checked a day; the default if not given.",
        };
        var submissions = new Option<ulong?>("--submissions")
        {
            Description = "Signals added or revised a day; the default if not given.",
        };
        var withdrawals = new Option<ulong?>("--withdrawals")
        {
            Description = "Withdrawals a day; the default if not given.",
        };
        var registrations = new Option<ulong?>("--registrations")
        {
            Description = "Ads registered a day; the default if not given.",
        };
        return new ExchangeCommand("quota", "Gives a member a day's quotas of its own, or the defaults back.")
        {
            id,
            evaluations,
            tokens,
            submissions,
            withdrawals,
            registrations,
        }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var quota = new MemberQuota();
                if (parsed.GetValue(evaluations) is { } perDay)
                {
                    quota.EvaluationsPerDay = perDay;
                }

                if (parsed.GetValue(tokens) is { } tokensPerDay)
                {
                    quota.TokensPerDay = tokensPerDay;
                }

                if (parsed.GetValue(submissions) is { } submissionsPerDay)
                {
                    quota.SubmissionsPerDay = submissionsPerDay;
                }

                if (parsed.GetValue(withdrawals) is { } withdrawalsPerDay)
                {
                    quota.WithdrawalsPerDay = withdrawalsPerDay;
                }

                if (parsed.GetValue(registrations) is { } registrationsPerDay)
                {
                    quota.RegistrationsPerDay = registrationsPerDay;
                }

                var member = new MemberId(parsed.GetValue(id)!);
                return [AdministrationRows.Of(await client.Members.SetQuotaAsync(member, quota, cancellationToken))];
            }
        );
    }

    private static Command Offboard()
    {
        var id = MemberOptions.Name();
        var signals = new Option<string>("--signals")
        {
            Description = "What becomes of its signals: keep or withdraw.",
            Required = true,
        };
        return new ExchangeCommand("offboard", "Ends a membership for good.") { id, signals }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    AdministrationRows.Of(
                        await client.Members.OffboardAsync(
                            new MemberId(parsed.GetValue(id)!),
                            EnumText.Parse<OffboardedSignals>(parsed.GetValue(signals)!),
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    private static Command Change(
        string name,
        string description,
        Func<MemberAdministration, MemberId, CancellationToken, Task<MemberChange>> change
    )
    {
        var id = MemberOptions.Name();
        return new ExchangeCommand(name, description) { id }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    AdministrationRows.Of(
                        await change(client.Members, new MemberId(parsed.GetValue(id)!), cancellationToken)
                    ),
                ]
        );
    }
}
