using System.CommandLine;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx group set|list</c>: sharing groups, for operators.</summary>
internal static class GroupCommand
{
    public static Command Create() => new("group", "Sharing groups; for operators.") { Set(), List() };

    private static Command Set()
    {
        var id = new Argument<string>("name") { Description = "The group's id." };
        var both = MembersOption("--member-of", "Sees the group's signals and may share with it; may be repeated.");
        var see = MembersOption("--sees", "Sees only; may be repeated.");
        var use = MembersOption("--uses", "May share only; may be repeated.");
        return new ExchangeCommand("set", "Sets who belongs to a group, everybody at once.")
        {
            id,
            both,
            see,
            use,
        }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                IEnumerable<GroupMember> members =
                [
                    .. parsed.GetValue(both)!.Select(name => Part(name, canSee: true, canUse: true)),
                    .. parsed.GetValue(see)!.Select(name => Part(name, canSee: true, canUse: false)),
                    .. parsed.GetValue(use)!.Select(name => Part(name, canSee: false, canUse: true)),
                ];
                return
                [
                    AdministrationRows.Of(
                        await client.Groups.SetAsync(parsed.GetValue(id)!, members, cancellationToken)
                    ),
                ];
            }
        );
    }

    private static Command List() =>
        new ExchangeCommand("list", "Lists groups.").Runs(
            async (client, _, cancellationToken) =>
                await client
                    .Groups.ListAsync(cancellationToken)
                    .Select(AdministrationRows.Of)
                    .ToListAsync(cancellationToken)
        );

    private static Option<string[]> MembersOption(string name, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => [] };

    private static GroupMember Part(string member, bool canSee, bool canUse) =>
        new()
        {
            MemberId = member,
            CanSee = canSee,
            CanUse = canUse,
        };
}
