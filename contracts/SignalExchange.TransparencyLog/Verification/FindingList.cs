namespace SignalExchange.TransparencyLog.Verification;

/// <summary>What was found so far: the first of each kind by place, and how many there were. Safe from any thread.</summary>
internal sealed class FindingList
{
    /// <summary>How many are kept of a kind: a log that was rewritten differs everywhere.</summary>
    private const int MaxOfKind = 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<LogFindingKind, List<LogFinding>> _findings = [];
    private long _count;

    /// <summary>Gets how many were added, those among them that were not kept.</summary>
    public long Count => Interlocked.Read(ref _count);

    public void Add(LogFindingKind kind, long? entry, string? file, string message)
    {
        lock (_lock)
        {
            _count++;
            if (!_findings.TryGetValue(kind, out var ofKind))
            {
                _findings[kind] = ofKind = [];
            }

            ofKind.Add(new LogFinding(kind, entry, file, message));
            if (ofKind.Count > MaxOfKind)
            {
                ofKind.Remove(ofKind.MaxBy(finding => finding.Entry ?? long.MaxValue)!);
            }
        }
    }

    /// <summary>Returns those that were kept: those about an entry first, by its place.</summary>
    public IReadOnlyList<LogFinding> ToList()
    {
        lock (_lock)
        {
            return
            [
                .. _findings
                    .Values.SelectMany(it => it)
                    .OrderBy(finding => finding.Entry ?? long.MaxValue)
                    .ThenBy(finding => finding.Kind),
            ];
        }
    }
}
