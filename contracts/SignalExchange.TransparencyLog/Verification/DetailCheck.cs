using SignalExchange.TransparencyLog.Tiles;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>Compares the details of a bundle with its entries.</summary>
internal static class DetailCheck
{
    /// <summary>Compares them.</summary>
    /// <returns>How many fit, and how many are absent.</returns>
    public static (int Verified, int Shredded) Run(
        IEntryCheck check,
        TilePath path,
        ReadOnlySpan<byte> entries,
        TileFile? details,
        FindingList findings
    )
    {
        if (details is not { } file)
        {
            return (0, path.Width);
        }

        var rest = file.Bytes.Span;
        var (verified, shredded) = (0, 0);
        for (var place = 0; place < path.Width && EntryBundle.TryRead(ref entries, out var entry); place++)
        {
            var index = (path.Index * TilePath.FullWidth) + place;
            if (!DetailBundle.TryRead(ref rest, out var detail))
            {
                ReportUnreadable(index, path, findings);
                return (verified, shredded);
            }

            if (detail.IsEmpty)
            {
                shredded++;
            }
            else if (check.Fits(index, entry, detail))
            {
                verified++;
            }
            else
            {
                ReportAltered(index, path, findings);
            }
        }

        if (!rest.IsEmpty && file.Path.Width == path.Width)
        {
            ReportUnreadable((path.Index * TilePath.FullWidth) + path.Width, path, findings);
        }

        return (verified, shredded);
    }

    private static void ReportAltered(long index, TilePath path, FindingList findings) =>
        findings.Add(
            LogFindingKind.DetailAltered,
            index,
            path.ToString(),
            $"The sealed detail of entry {index} is not the one that the entry commits to."
        );

    private static void ReportUnreadable(long index, TilePath path, FindingList findings) =>
        findings.Add(
            LogFindingKind.DetailsUnreadable,
            index,
            path.ToString(),
            $"{path} is not {path.Width} details: it is wrong from the one of entry {index} on."
        );
}
