using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using SignalExchange.Cli.Logs;
using SignalExchange.Cli.Options;
using SignalExchange.Cli.Output;
using SignalExchange.Client.Receipts;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;

namespace SignalExchange.Cli.Commands;

/// <summary><c>sigx log prove</c>: verifies that one entry is in a log, from a proof alone.</summary>
internal static class LogProveCommand
{
    public static Command Create()
    {
        var trust = new TrustOptions();
        var file = new Option<string>("--proof") { Description = "What sigx log proof wrote.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("prove", "Verifies a proof that an entry is in a log. Needs neither log nor network.")
        {
            file,
            json,
        };
        trust.AddTo(command);
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                var (proof, answer) = await LogFiles.ReadProof(parsed.GetValue(file)!, cancellationToken);
                var policy = trust.Read(parsed);
                var verdict = proof.Verify(policy);
                var fits = Fits(proof);
                var problem = answer?.Verify(policy) ?? AnswerProblem.None;
                var isProven = verdict.IsProven && fits is not false && problem == AnswerProblem.None;
                var row = Row(proof, verdict, isProven, fits);
                if (answer is not null)
                {
                    AddAnswer(row, answer, problem);
                }

                await Printer.Print(parsed.InvocationConfiguration.Output, parsed.GetValue(json), [row]);
                return isProven ? ExitCodes.Done : ExitCodes.Refused;
            }
        );
        return command;
    }

    private static bool? Fits(LogProof proof) =>
        proof.SealedDetail is { } detail
            ? new SealedDigestCheck().Fits(proof.Index, proof.Entry.Span, detail.Span)
            : null;

    private static JsonObject Row(LogProof proof, LogProofVerdict verdict, bool isProven, bool? fits)
    {
        var checkpoint = verdict.Checkpoint.Checkpoint;
        var isEntry = SealedDigestCheck.TryRead(proof.Entry.Span, out var entry);
        return new JsonObject
        {
            ["proven"] = isProven,
            ["origin"] = checkpoint.Origin,
            ["index"] = proof.Index,
            ["size"] = checkpoint.Size,
            ["included"] = verdict.IsIncluded,
            ["checkpoint"] =
                verdict.Checkpoint.Problem is CheckpointProblem.None
                    ? "trusted"
                    : verdict.Checkpoint.Problem.ToString(),
            ["witnesses"] = verdict.Checkpoint.Witnesses,
            ["witnessed"] = Text(verdict.Checkpoint.FirstWitnessed),
            ["time"] = isEntry ? Text(entry!.Time?.ToDateTimeOffset()) : null,
            ["detail"] = fits switch
            {
                true => "fits",
                false => "altered",
                null => "absent",
            },
        };
    }

    private static void AddAnswer(JsonObject row, AnswerProof answer, AnswerProblem problem)
    {
        row["answer"] = problem == AnswerProblem.None ? "proven" : problem.ToString();
        if (problem == AnswerProblem.None && answer.ReadDetail() is { } detail)
        {
            row["detail"] = "fits";
            row["member"] = detail.Actor.MemberId;
            row["method"] = detail.Method;
            row["purpose"] = detail.Purpose.ToString();
            row["asked"] = detail.Asked;
            row["hits"] = detail.Hits;
        }
    }

    private static string? Text(DateTimeOffset? time) =>
        time?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
