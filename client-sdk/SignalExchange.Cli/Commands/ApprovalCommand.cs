using System.CommandLine;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Administration;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx approval list|approve|refuse</c>: four eyes, for operators.</summary>
internal static class ApprovalCommand
{
    public static Command Create() =>
        new("approval", "What waits for a second operator; for operators.")
        {
            List(),
            Decide(
                "approve",
                "Approves what another operator asked for.",
                (it, id, token) => it.ApproveAsync(id, token)
            ),
            Decide("refuse", "Refuses it; one's own as well.", (it, id, token) => it.RefuseAsync(id, token)),
        };

    private static Command List()
    {
        var state = new Option<string?>("--state") { Description = "Only pending, approved, refused or expired ones." };
        return new ExchangeCommand("list", "Lists approvals, newest first.") { state }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var wanted = parsed.GetValue(state) is { } text
                    ? EnumText.Parse<ApprovalState>(text)
                    : ApprovalState.Unspecified;
                return await client
                    .Approvals.ListAsync(wanted, cancellationToken)
                    .Select(AdministrationRows.Of)
                    .ToListAsync(cancellationToken);
            }
        );
    }

    private static Command Decide(
        string name,
        string description,
        Func<ApprovalAdministration, ReadOnlyMemory<byte>, CancellationToken, Task<Approval>> decide
    )
    {
        var id = new Argument<string>("id") { Description = "The approval's id, 32 hexadecimal digits." };
        return new ExchangeCommand(name, description) { id }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    AdministrationRows.Of(
                        await decide(
                            client.Approvals,
                            HexText.Parse("id", parsed.GetValue(id)!, SignalId.Size),
                            cancellationToken
                        )
                    ),
                ]
        );
    }
}
