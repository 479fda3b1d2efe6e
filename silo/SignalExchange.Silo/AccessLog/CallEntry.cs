using Grpc.Core;
using SignalExchange.AccessLog.Entries;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.AccessLog;

/// <summary>The entry of the call under way, for handlers whose acts it records.</summary>
/// <remarks>What a handler adds is written with the entry, before the answer leaves.</remarks>
internal sealed class CallEntry(EntryDraft draft)
{
    /// <summary>The most changes that one entry states.</summary>
    public const int MaxChanges = 64;

    private const string OmittedSetting = "changes.omitted";

    /// <summary>Gets or sets what is told where the entry stands, once it is written and before the answer leaves.</summary>
    public Action<AccessLogReceipt>? WhenWritten { get; set; }

    /// <summary>Returns the entry of a call.</summary>
    public static CallEntry Of(ServerCallContext context) =>
        context.GetHttpContext().Features.Get<CallEntry>()
        ?? throw new InvalidOperationException("This call's entry is not made by the interceptor.");

    /// <summary>States what the act changed; where that is more than an entry takes, the last line says how many were left out.</summary>
    public void AddChanges(IReadOnlyCollection<LogChange> changes)
    {
        var room = MaxChanges - draft.Detail.Changes.Count;
        if (changes.Count <= room)
        {
            draft.Detail.Changes.Add(changes);
            return;
        }

        draft.Detail.Changes.Add(changes.Take(room - 1));
        var omitted = (changes.Count - (room - 1)).ToString(System.Globalization.CultureInfo.InvariantCulture);
        draft.Detail.Changes.Add(new LogChange { Setting = OmittedSetting, NewValue = omitted });
    }

    /// <summary>States on whom the act was done.</summary>
    public void SetSubject(string memberId) => draft.Detail.SubjectMemberId = memberId;

    /// <summary>States the positions that the answer is true at: the first that was read of each shard.</summary>
    public void SetAsOf(IEnumerable<Position> positions) => CallFacts.SetAsOf(draft, positions);

    /// <summary>States how many things were handed out.</summary>
    public void SetCount(long count) => draft.Detail.Asked = draft.Detail.Hits = (uint)Math.Min(count, uint.MaxValue);
}
