namespace SignalExchange.AccessLog.Writing;

/// <summary>How the log stands, as its parts report it. Safe from any thread.</summary>
internal sealed class LogState : IAccessLogHealth
{
    private long _head;
    private long _published;
    private volatile string? _writing = "The log has not been started.";
    private volatile string? _publishing;

    /// <inheritdoc/>
    public LogStanding Current => new(_writing is null, Head, Published, _writing ?? _publishing);

    /// <summary>Gets the entries on stable storage.</summary>
    public long Head => Interlocked.Read(ref _head);

    /// <summary>Gets the entries under the published checkpoint.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>Notes that the log can be written, and its size.</summary>
    public void NoteHead(long size)
    {
        Interlocked.Exchange(ref _head, size);
        _writing = null;
    }

    /// <summary>Notes that the log can't be written, and why.</summary>
    public void NoteWritingFails(string reason) => _writing = reason;

    /// <summary>Notes the size of the published checkpoint.</summary>
    public void NotePublished(long size)
    {
        Interlocked.Exchange(ref _published, size);
        _publishing = null;
    }

    /// <summary>Notes that publishing is late, and why.</summary>
    public void NotePublishingFails(string reason) => _publishing = reason;
}
