using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx dispute raise|list|answer|close</c>: signals that another member holds to be wrong.</summary>
internal static class DisputeCommand
{
    public static Command Create() =>
        new("dispute", "Signals that another member holds to be wrong.") { Raise(), List(), Answer(), Close() };

    private static Command Raise()
    {
        var keyId = new Option<string>("--key-id")
        {
            Description = "The token's key, as sigx token prints it.",
            Required = true,
        };
        var token = new Option<string>("--token")
        {
            Description = "The token, 64 hexadecimal digits.",
            Required = true,
        };
        var signal = new Argument<string>("signal") { Description = "The signal's id, as sigx check prints it." };
        var reason = new Option<string>("--reason")
        {
            Description = "RECYCLED, VICTIM, NOT_IN_CATEGORY, INSUFFICIENT_EVIDENCE, OUTDATED and others.",
            Required = true,
        };
        return new ExchangeCommand("raise", "Disputes another member's signal. It then permits no more than review.")
        {
            signal,
            keyId,
            token,
            reason,
        }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    Row(
                        await client.Disputes.RaiseAsync(
                            parsed.GetValue(keyId)!,
                            new Token(HexText.Parse("token", parsed.GetValue(token)!, Token.Size)),
                            HexText.Parse("signal", parsed.GetValue(signal)!, SignalId.Size),
                            EnumText.Parse<DisputeReason>(parsed.GetValue(reason)!),
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    private static Command List()
    {
        var all = new Option<bool>("--all") { Description = "Settled ones, too." };
        return new ExchangeCommand("list", "Lists your disputes, newest first.") { all }.Runs(
            async (client, parsed, cancellationToken) =>
                await client
                    .Disputes.ListAsync(!parsed.GetValue(all), cancellationToken)
                    .Select(Row)
                    .ToListAsync(cancellationToken)
        );
    }

    private static Command Answer()
    {
        var id = new Argument<string>("id") { Description = "The dispute's id, 32 hexadecimal digits." };
        var answer = new Argument<string>("answer") { Description = "uphold or withdraw." };
        var reason = new Option<string?>("--reason")
        {
            Description = "Why it is withdrawn; FALSE_POSITIVE if not stated.",
        };
        return new ExchangeCommand("answer", "Stands by a signal of yours, or withdraws it.")
        {
            id,
            answer,
            reason,
        }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    Row(
                        await client.Disputes.AnswerAsync(
                            HexText.Parse("id", parsed.GetValue(id)!, SignalId.Size),
                            EnumText.Parse<DisputeAnswer>(parsed.GetValue(answer)!),
                            parsed.GetValue(reason) is { } why ? EnumText.Parse<RetractionReason>(why) : default,
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    private static Command Close()
    {
        var id = new Argument<string>("id") { Description = "The dispute's id, 32 hexadecimal digits." };
        return new ExchangeCommand("close", "Ends a dispute that you raised; operators end any.") { id }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    Row(
                        await client.Disputes.CloseAsync(
                            HexText.Parse("id", parsed.GetValue(id)!, SignalId.Size),
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    private static JsonObject Row(Dispute dispute) =>
        new()
        {
            ["dispute"] = Convert.ToHexStringLower(dispute.DisputeId.Span),
            ["signal"] = Convert.ToHexStringLower(dispute.SignalId.Span),
            ["type"] = dispute.Type.ToString(),
            ["reason"] = dispute.Reason.ToString(),
            ["state"] = dispute.State.ToString(),
            ["raised_by"] = dispute.RaisedBy,
            ["owner"] = dispute.Owner,
            ["due_at"] = dispute
                .DueAt.ToDateTimeOffset()
                .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        };
}
