using System.CommandLine;
using Google.Protobuf;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx approval list|show|approve|refuse</c>: four eyes, for operators.</summary>
internal static class ApprovalCommand
{
    public static Command Create() =>
        new("approval", "What waits for a second operator; for operators.") { List(), Show(), Approve(), Refuse() };

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
                    .Select(ApprovalRows.Of)
                    .ToListAsync(cancellationToken);
            }
        );
    }

    private static Command Show()
    {
        var id = Id();
        return new ExchangeCommand("show", "Shows all that an act would change, and the digest to approve it with.")
        {
            id,
        }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var wanted = ByteString.CopyFrom(Parse(parsed, id));
                var approval = await client
                    .Approvals.ListAsync(cancellationToken: cancellationToken)
                    .FirstOrDefaultAsync(it => it.ApprovalId == wanted, cancellationToken);
                return approval is null
                    ? throw new UsageException("There is no such approval. See: sigx approval list")
                    : ApprovalRows.InFull(approval);
            }
        );
    }

    private static Command Approve()
    {
        var id = Id();
        var shown = new Option<string>("--shown")
        {
            Description =
                "The digest that 'sigx approval show' printed with what the act changes, 64 hexadecimal digits.",
            Required = true,
        };
        return new ExchangeCommand("approve", "Approves what another operator asked for, as it was shown.")
        {
            id,
            shown,
        }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var digest = HexText.Parse("--shown", parsed.GetValue(shown)!, Token.Size);
                return
                [
                    ApprovalRows.Of(await client.Approvals.ApproveAsync(Parse(parsed, id), digest, cancellationToken)),
                ];
            }
        );
    }

    private static Command Refuse()
    {
        var id = Id();
        return new ExchangeCommand("refuse", "Refuses it; one's own as well.") { id }.Runs(
            async (client, parsed, cancellationToken) =>
                [ApprovalRows.Of(await client.Approvals.RefuseAsync(Parse(parsed, id), cancellationToken))]
        );
    }

    private static Argument<string> Id() => new("id") { Description = "The approval's id, 32 hexadecimal digits." };

    private static byte[] Parse(ParseResult parsed, Argument<string> id) =>
        HexText.Parse("id", parsed.GetValue(id)!, SignalId.Size);
}
