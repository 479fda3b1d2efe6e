using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx person invite|list|reset|revoke|sign-out</c>: who signs in to the console, for operators.</summary>
internal static class PersonCommand
{
    public static Command Create() =>
        new("person", "Who signs in to the console; for operators.")
        {
            Invite(),
            List(),
            Act(
                "reset",
                "Makes a new one-time code, shown this once. The old credentials stay good until it is used.",
                async (client, account, token) => PersonRows.Of(await client.People.ResetAsync(account, token))
            ),
            Act(
                "revoke",
                "Ends the account for good, and every session of it.",
                async (client, account, token) => PersonRows.Of(await client.People.RevokeAsync(account, token))
            ),
            Act(
                "sign-out",
                "Ends every session of the account.",
                async (client, account, token) => PersonRows.Of(await client.People.SignOutAsync(account, token))
            ),
        };

    private static Command Invite()
    {
        var login = new Argument<string>("name") { Description = "The name to sign in with." };
        var member = new Option<string>("--for")
        {
            Description = "The member; without it, the consortium.",
            DefaultValueFactory = _ => "consortium",
        };
        var role = new Option<string>("--role")
        {
            Description = "OPERATOR, AUDITOR or MEMBER_ADMINISTRATOR.",
            Required = true,
        };
        var key = new Option<string>("--operator-key")
        {
            Description = "The thumbprint of the operator key that the same human holds.",
            DefaultValueFactory = _ => "",
        };
        return new ExchangeCommand("invite", "Makes an account and its one-time code, shown this once.")
        {
            login,
            member,
            role,
            key,
        }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    PersonRows.Of(
                        await client.People.InviteAsync(
                            parsed.GetValue(login)!,
                            parsed.GetValue(member)!,
                            EnumText.Parse<KeyRole>(parsed.GetValue(role)!),
                            parsed.GetValue(key)!,
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    private static Command List() =>
        new ExchangeCommand("list", "Lists accounts, by name.").Runs(
            async (client, _, cancellationToken) =>
                await client.People.ListAsync(cancellationToken).Select(PersonRows.Of).ToListAsync(cancellationToken)
        );

    // People are known by their names; the exchange knows accounts.
    private static Command Act(
        string name,
        string description,
        Func<SignalExchangeClient, string, CancellationToken, Task<System.Text.Json.Nodes.JsonObject>> act
    )
    {
        var login = new Argument<string>("name") { Description = "The name to sign in with." };
        return new ExchangeCommand(name, description) { login }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var wanted = parsed.GetValue(login)!;
                var person =
                    await client
                        .People.ListAsync(cancellationToken)
                        .FirstOrDefaultAsync(it => it.Login == wanted, cancellationToken)
                    ?? throw new UsageException($"There is no account of the name '{wanted}'. See: sigx person list");
                return [await act(client, person.AccountId, cancellationToken)];
            }
        );
    }
}
