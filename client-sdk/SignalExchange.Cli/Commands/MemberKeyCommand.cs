using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx member add-key|revoke-key</c>: for operators, and for administrators of their own member.</summary>
internal static class MemberKeyCommand
{
    public static Command Add()
    {
        var id = MemberOptions.Name();
        var publicKey = MemberOptions.PublicKey();
        var role = new Option<string>("--role")
        {
            Description =
                "What the key may do: member-backend, member-administrator; of the consortium: operator, auditor, key-custodian.",
            DefaultValueFactory = _ => "member-backend",
        };
        return new ExchangeCommand("add-key", "Adds a key to a member.") { id, publicKey, role }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    AdministrationRows.Of(
                        await client.Members.AddKeyAsync(
                            new MemberId(parsed.GetValue(id)!),
                            await MemberOptions.ReadPublicKey(parsed.GetValue(publicKey)!, cancellationToken),
                            EnumText.Parse<KeyRole>(parsed.GetValue(role)!),
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    public static Command Revoke()
    {
        var id = MemberOptions.Name();
        var thumbprint = new Option<string>("--thumbprint")
        {
            Description = "The key, as keys new printed it.",
            Required = true,
        };
        return new ExchangeCommand("revoke-key", "Revokes a key of a member, for good.") { id, thumbprint }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    AdministrationRows.Of(
                        await client.Members.RevokeKeyAsync(
                            new MemberId(parsed.GetValue(id)!),
                            parsed.GetValue(thumbprint)!,
                            cancellationToken
                        )
                    ),
                ]
        );
    }
}
