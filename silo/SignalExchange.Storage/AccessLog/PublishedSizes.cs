using System.Buffers.Text;

namespace SignalExchange.Storage.AccessLog;

/// <summary>The sizes of a log that somebody may rely on, and so the partial tiles that it needs.</summary>
/// <remarks>A checkpoint lies there before <see cref="IAccessLogStore.MarkPublishedAsync"/> is told of it, so both say one.</remarks>
public static class PublishedSizes
{
    /// <summary>Returns the folders of the partial tiles of all of them, as <see cref="AccessLogPaths.PartialFolders"/>.</summary>
    /// <param name="published">As <see cref="AccessLogExtent.Published"/>.</param>
    /// <param name="checkpoints">The checkpoints that lie there.</param>
    public static IEnumerable<string> PartialFolders(long published, IEnumerable<ReadOnlyMemory<byte>> checkpoints) =>
        checkpoints.Select(SizeOf).Append(published).SelectMany(AccessLogPaths.PartialFolders).Distinct();

    // https://c2sp.org/tlog-checkpoint: the second line. What is no checkpoint has none, and whoever reads it will say so.
    private static long SizeOf(ReadOnlyMemory<byte> checkpoint)
    {
        var text = checkpoint.Span;
        var begin = text.IndexOf((byte)'\n') + 1;
        return begin > 0 && Utf8Parser.TryParse(text[begin..], out long size, out _) && size > 0 ? size : 0;
    }
}
