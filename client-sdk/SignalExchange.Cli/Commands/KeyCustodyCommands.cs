using System.CommandLine;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Contracts;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx keys list|announce|rotate|export-rotation</c>: VOPRF keys, for custodians; operators and auditors read.</summary>
internal static class KeyCustodyCommands
{
    public static Command List() =>
        new ExchangeCommand("list", "Lists the exchange's VOPRF keys, then their rotations.").Runs(
            async (client, _, cancellationToken) =>
            {
                var listed = await client.Keys.ListAsync(cancellationToken);
                return [.. listed.Keys.Select(KeyRows.Of), .. listed.Rotations.Select(KeyRows.Of)];
            }
        );

    public static Command Announce()
    {
        var type = IdentifierOptions.TypeOption();
        return new ExchangeCommand("announce", "Makes the next VOPRF key of a type; for custodians.") { type }.Runs(
            async (client, parsed, cancellationToken) =>
                [
                    KeyRows.Of(
                        await client.Keys.AnnounceAsync(
                            IdentifierOptions.TypeOf(parsed.GetValue(type)!),
                            cancellationToken
                        )
                    ),
                ]
        );
    }

    public static Command Rotate()
    {
        var key = Key();
        var emergency = new Option<bool>("--emergency")
        {
            Description = "The old key may be known to others: it serves no checks once the new one is in force.",
        };
        return new ExchangeCommand(
            "rotate",
            "Asks for the rotation to an announced key, or says how far it is; an operator approves it."
        )
        {
            key,
            emergency,
        }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var answer = await client.Keys.RotateAsync(
                    ReadKey(parsed.GetValue(key)!),
                    parsed.GetValue(emergency),
                    cancellationToken
                );
                return [answer.Rotation is { } rotation ? KeyRows.Of(rotation) : ApprovalRows.Of(answer.Pending)];
            }
        );
    }

    public static Command ExportRotation()
    {
        var key = Key();
        var file = new Option<string>("--out") { Description = "Where to.", Required = true };
        return new ExchangeCommand("export-rotation", "Writes what proves a rotation to a file; for auditors, too.")
        {
            key,
            file,
        }.Runs(
            async (client, parsed, cancellationToken) =>
            {
                var path = parsed.GetValue(file)!;
                await using (var stream = File.Create(path + ".part"))
                {
                    await client.Keys.ExportRotationAsync(ReadKey(parsed.GetValue(key)!), stream, cancellationToken);
                }

                File.Move(path + ".part", path, overwrite: true);
                return [new JsonObject { ["file"] = path, ["bytes"] = new FileInfo(path).Length }];
            }
        );
    }

    private static Argument<string> Key() =>
        new("key") { Description = "The key that is rotated to, as email/2/0f3c5a7b9d1e2f40." };

    private static KeyId ReadKey(string text) =>
        KeyId.TryParse(text, out var keyId)
            ? keyId
            : throw new UsageException($"'{text}' is no key id; one is as email/2/0f3c5a7b9d1e2f40.");
}
