using System.Globalization;
using Microsoft.Extensions.Options;
using SignalExchange.AccessLog;
using SignalExchange.AccessLog.Reading;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Audit.Search;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Errors;
using SignalExchange.Storage.AccessLog;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Verification;

namespace SignalExchange.Silo.Audit;

/// <summary>Verifies all of this silo's log and its search index, one verification at a time and one bundle at a time, so that calls hardly feel it.</summary>
internal sealed class LogInspection(
    IAccessLogStore store,
    IAccessLogProver prover,
    ISearchFollower search,
    IEntryWriter writer,
    IOptions<AccessLogOptions> options
)
{
    /// <summary>What the entry of the result is called.</summary>
    public const string Event = "/log/verified";

    private int _isRunning;

    /// <summary>Verifies.</summary>
    /// <param name="progress">Told after each bundle.</param>
    /// <param name="cancellationToken">Ends the work; there is no result then.</param>
    /// <exception cref="Grpc.Core.RpcException">VERIFICATION_RUNNING.</exception>
    public async Task<LogVerification> Verify(IProgress<LogProgress> progress, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            throw new Refusal(ErrorReason.VerificationRunning).ToRpcException();
        }

        try
        {
            var policy = new CheckpointPolicy([VerifierKey.Parse(prover.VerifierKey)], [], 0);
            var verifier = new LogVerifier(
                new StoredTileSource(store, options.Value.Log),
                new() { Policy = policy, Parallelism = 1 }
            );
            var result = await Task.Run(() => verifier.VerifyAsync(progress, cancellationToken), cancellationToken);
            await Record(result, await search.FindDamageAsync(cancellationToken), cancellationToken);
            return result;
        }
        finally
        {
            Interlocked.Exchange(ref _isRunning, 0);
        }
    }

    private async Task Record(LogVerification result, string? damage, CancellationToken cancellationToken)
    {
        var draft = writer.BeginSystem(LogRetention.Administration, Event);
        var size = result.Checkpoint?.Checkpoint.Size ?? 0;
        draft.Detail.Changes.Add(
            new LogChange
            {
                Setting = "log.verification",
                NewValue = result.IsIntact
                    ? string.Create(CultureInfo.InvariantCulture, $"{size}/intact")
                    : string.Create(CultureInfo.InvariantCulture, $"{size}/{result.FindingCount}-findings"),
            }
        );
        draft.Detail.Changes.Add(
            new LogChange { Setting = "search.index", NewValue = damage is null ? "intact" : "damaged" }
        );
        await writer.AppendAsync(draft, cancellationToken);
    }
}
