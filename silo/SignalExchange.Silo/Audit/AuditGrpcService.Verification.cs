using System.Threading.Channels;
using Grpc.Core;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.TransparencyLog.Verification;
using LogFinding = SignalExchange.Contracts.V1.LogFinding;
using LogFindingKind = SignalExchange.Contracts.V1.LogFindingKind;

namespace SignalExchange.Silo.Audit;

// Verification of all of the log: how far it is goes out as it goes on, the newest only where the caller is slow.
internal sealed partial class AuditGrpcService
{
    public override async Task VerifyLog(
        VerifyLogRequest request,
        IServerStreamWriter<VerifyLogResponse> responseStream,
        ServerCallContext context
    )
    {
        Require.Form(request);
        var steps = Channel.CreateBounded<LogProgress>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }
        );
        var verification = Finish(steps.Writer, context.CancellationToken);
        await foreach (var step in steps.Reader.ReadAllAsync(context.CancellationToken))
        {
            await responseStream.WriteAsync(
                new() { Verified = (ulong)step.Verified, Size = (ulong)step.Total },
                context.CancellationToken
            );
        }

        await responseStream.WriteAsync(Shown(await verification), context.CancellationToken);
    }

    private async Task<LogVerification> Finish(ChannelWriter<LogProgress> steps, CancellationToken cancellationToken)
    {
        try
        {
            return await inspection.Verify(new Steps(steps), cancellationToken);
        }
        finally
        {
            steps.Complete();
        }
    }

    private static VerifyLogResponse Shown(LogVerification result) =>
        new()
        {
            Verified = (ulong)(result.Checkpoint?.Checkpoint.Size ?? 0),
            Size = (ulong)(result.Checkpoint?.Checkpoint.Size ?? 0),
            IsDone = true,
            IsIntact = result.IsIntact,
            FindingCount = (ulong)result.FindingCount,
            Findings = { result.Findings.Select(Shown) },
        };

    // The contract's kinds are the verifier's, by name; a test compares them.
    private static LogFinding Shown(TransparencyLog.Verification.LogFinding found)
    {
        var shown = new LogFinding { Kind = Enum.Parse<LogFindingKind>(found.Kind.ToString()) };
        if (found.Entry is { } entry)
        {
            shown.Index = (ulong)entry;
        }

        return shown;
    }

    /// <summary>Hands progress on from several threads.</summary>
    private sealed class Steps(ChannelWriter<LogProgress> writer) : IProgress<LogProgress>
    {
        public void Report(LogProgress value) => writer.TryWrite(value);
    }
}
