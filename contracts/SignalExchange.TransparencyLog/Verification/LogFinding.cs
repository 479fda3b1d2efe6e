namespace SignalExchange.TransparencyLog.Verification;

/// <summary>Something wrong with a log.</summary>
/// <param name="Kind">What.</param>
/// <param name="Entry">The first entry that it is about; null if it is about the log as a whole.</param>
/// <param name="File">The file that is wrong; null if none is alone.</param>
/// <param name="Message">A sentence for people. Never an entry's content.</param>
public sealed record LogFinding(LogFindingKind Kind, long? Entry, string? File, string Message)
{
    /// <summary>Returns the sentence.</summary>
    public override string ToString() => Message;
}
