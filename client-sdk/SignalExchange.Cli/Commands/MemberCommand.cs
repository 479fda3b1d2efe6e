using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx member add|list|suspend|reinstate</c>: for the consortium's operators.</summary>
internal static class MemberCommand
{
    public static Command Create() =>
        new("member", "Members; for operators.") { Add(), List(), Suspend(), Reinstate() };

    private static Command Add()
    {
        var connection = new ConnectionOptions();
        var id = new Argument<string>("name")
        {
            Description = "The new member's id: 3 to 32 lower-case letters, digits, hyphens.",
        };
        var publicKey = new Option<string>("--public-key") { Description = "Its public key, PEM.", Required = true };
        var groups = new Option<string[]>("--group")
        {
            Description = "Sharing group that it belongs to; may be repeated.",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("add", "Adds a member with its first key.") { id, publicKey, groups };
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                using var key = ECDsa.Create();
                key.ImportFromPem(await File.ReadAllTextAsync(parsed.GetValue(publicKey)!, cancellationToken));
                var member = await client.Members.AddAsync(
                    new MemberId(parsed.GetValue(id)!),
                    parsed.GetValue(groups)!,
                    key.ExportSubjectPublicKeyInfo(),
                    cancellationToken
                );
                return await Print(parsed, connection, [member]);
            }
        );
        return command;
    }

    private static Command List()
    {
        var connection = new ConnectionOptions();
        var command = new Command("list", "Lists members.");
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                return await Print(
                    parsed,
                    connection,
                    await client.Members.ListAsync(cancellationToken).ToListAsync(cancellationToken)
                );
            }
        );
        return command;
    }

    private static Command Suspend() =>
        ChangeState(
            "suspend",
            "Refuses every further call of a member; its signals stay.",
            (client, member, token) => client.Members.SuspendAsync(member, token)
        );

    private static Command Reinstate() =>
        ChangeState(
            "reinstate",
            "Lets a suspended member call again.",
            (client, member, token) => client.Members.ReinstateAsync(member, token)
        );

    private static Command ChangeState(
        string name,
        string description,
        Func<Client.SignalExchangeClient, MemberId, CancellationToken, Task<Member>> change
    )
    {
        var connection = new ConnectionOptions();
        var id = new Argument<string>("name") { Description = "The member." };
        var command = new Command(name, description) { id };
        connection.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                using var client = connection.Connect(parsed);
                return await Print(
                    parsed,
                    connection,
                    [await change(client, new MemberId(parsed.GetValue(id)!), cancellationToken)]
                );
            }
        );
        return command;
    }

    private static async Task<int> Print(
        ParseResult parsed,
        ConnectionOptions connection,
        IReadOnlyList<Member> members
    )
    {
        await Printer.Print(parsed.InvocationConfiguration.Output, connection.IsJson(parsed), [.. members.Select(Row)]);
        return ExitCodes.Done;
    }

    private static JsonObject Row(Member member) =>
        new()
        {
            ["member"] = member.MemberId,
            ["state"] = member.State.ToString(),
            ["groups"] = new JsonArray([.. member.GroupIds.Select(group => (JsonNode)group)]),
            ["live_keys"] = new JsonArray([
                .. member.Keys.Where(key => key.RevokedAt is null).Select(key => (JsonNode)key.Thumbprint),
            ]),
        };
}
