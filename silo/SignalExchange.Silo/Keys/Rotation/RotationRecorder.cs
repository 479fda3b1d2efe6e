using System.Globalization;
using SignalExchange.AccessLog.Writing;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Silo.Keys.Rotation;

/// <summary>Records each step of a rotation in the access log; the last one with the root of what proves it.</summary>
/// <remarks>A step that is begun again after a crash is recorded again.</remarks>
internal sealed class RotationRecorder(IEntryWriter writer, ILogger<RotationRecorder> logger)
{
    /// <summary>What an entry of a step is called.</summary>
    public const string Event = "/keys/rotation";

    /// <summary>Records that a rotation enters a phase.</summary>
    public async Task Record(RotationProgress progress, RotationPhase to, CancellationToken cancellationToken)
    {
        var draft = writer.BeginSystem(LogRetention.Administration, Event);
        draft.Detail.Changes.Add(Change(progress, "key.rotation", $"{progress.Phase}", $"{to}"));
        draft.Detail.Changes.Add(Change(progress, "key.rotation_rows", "", Number(progress.Rows)));
        draft.Detail.Changes.Add(Change(progress, "key.rotation_batches", "", Number(progress.Batches)));
        if (!progress.Root.IsEmpty)
        {
            var root = Convert.ToHexStringLower(progress.Root.Span);
            draft.Detail.Changes.Add(Change(progress, "key.rotation_root", "", root));
        }

        await writer.AppendAsync(draft, cancellationToken);
        RotationLog.Entered(logger, progress.ToKeyId, to, progress.Rows, progress.Batches);
    }

    private static LogChange Change(RotationProgress progress, string setting, string before, string now) =>
        new()
        {
            Setting = setting,
            OldValue = before.Length == 0 ? "" : $"{progress.ToKeyId}/{before}",
            NewValue = $"{progress.ToKeyId}/{now}",
        };

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
