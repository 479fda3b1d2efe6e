using System.Diagnostics;

namespace SignalExchange.Grains.Shards;

/// <summary>The spans of shards, on the source <see cref="SourceName"/>: the end of a trace that began in a platform.</summary>
/// <remarks>
/// A commit serves many callers and has one parent: it is a span of the first write's trace, and linked with all the others, from both ends.
/// No span carries a token, only the shard's number and counts.
/// </remarks>
internal static class ShardTracing
{
    /// <summary>The name of the activity source.</summary>
    public const string SourceName = "SignalExchange.Shards";

    private static readonly ActivitySource Source = new(SourceName);

    /// <summary>Begins the span of a group's commit; null when nobody listens or none of its writes is sampled.</summary>
    public static Activity? StartCommit(int shard, IReadOnlyList<WaitingWrite> group)
    {
        if (!Source.HasListeners() || group.FirstOrDefault(write => write.IsTraced)?.Span is not { } first)
        {
            return null;
        }

        var others = group
            .Where(write => write.IsTraced && write.Span != first)
            .Select(write => write.Span!)
            .Distinct()
            .ToList();
        var commit = Source.StartActivity(
            "shard commit",
            ActivityKind.Internal,
            first.Context,
            links: others.Select(span => new ActivityLink(span.Context))
        );
        if (commit is not null)
        {
            others.ForEach(span => span.AddLink(new ActivityLink(commit.Context)));
            commit.SetTag("signalexchange.shard", shard).SetTag("signalexchange.changes", group.Count);
        }

        return commit;
    }

    /// <summary>Begins the span of the storage's transaction, within that of the commit.</summary>
    public static Activity? StartStorage(Activity? commit) =>
        commit is null ? null : Source.StartActivity("storage commit", ActivityKind.Client, commit.Context);
}
