using System.Collections.Concurrent;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.AccessLog.Writing;

/// <summary>How the log stands, as its parts report it. Safe from any thread.</summary>
internal sealed class LogState(TimeProvider time) : IAccessLogHealth
{
    private const long Never = 0;

    private readonly ConcurrentDictionary<(string Name, uint KeyId), DateTimeOffset> _signed = new();
    private long _head;
    private long _published;
    private long _publishedAt = Never;
    private long _unpublishedSince = Never;
    private volatile string? _writing = "The log has not been started.";
    private volatile string? _publishing;

    /// <inheritdoc/>
    public LogStanding Current => new(_writing is null, Head, Published, _writing ?? _publishing);

    /// <summary>Gets the entries on stable storage.</summary>
    public long Head => Interlocked.Read(ref _head);

    /// <summary>Gets the entries under the published checkpoint.</summary>
    public long Published => Interlocked.Read(ref _published);

    /// <summary>Gets the age of the published checkpoint; null before this process has published one.</summary>
    public TimeSpan? CheckpointAge => Since(ref _publishedAt);

    /// <summary>Gets how long there have been entries that no published checkpoint speaks of; zero when there are none.</summary>
    public TimeSpan UnpublishedAge
    {
        get
        {
            if (Head <= Published)
            {
                return TimeSpan.Zero;
            }

            NoteUnpublished();
            return Since(ref _unpublishedSince) ?? TimeSpan.Zero;
        }
    }

    /// <summary>Notes that the log can be written, and its size.</summary>
    public void NoteHead(long size)
    {
        Interlocked.Exchange(ref _head, size);
        NoteUnpublished();
        _writing = null;
    }

    /// <summary>Notes that the log can't be written, and why.</summary>
    public void NoteWritingFails(string reason) => _writing = reason;

    /// <summary>Notes the size of the checkpoint that was found at the start.</summary>
    public void NoteRecovered(long published) => Interlocked.Exchange(ref _published, published);

    /// <summary>Notes the size of the checkpoint that was published just now.</summary>
    public void NotePublished(long size)
    {
        Interlocked.Exchange(ref _published, size);
        Interlocked.Exchange(ref _publishedAt, time.GetTimestamp());
        Interlocked.Exchange(ref _unpublishedSince, Never);
        _publishing = null;
    }

    /// <inheritdoc/>
    public DateTimeOffset? SignedAt(string name, uint keyId) =>
        _signed.TryGetValue((name, keyId), out var at) ? at : null;

    /// <summary>Notes that a witness's signature came.</summary>
    public void NoteSigned(NoteSignature signature) => _signed[(signature.Name, signature.KeyId)] = time.GetUtcNow();

    /// <summary>Notes that publishing is late, and why.</summary>
    public void NotePublishingFails(string reason) => _publishing = reason;

    private void NoteUnpublished() => Interlocked.CompareExchange(ref _unpublishedSince, time.GetTimestamp(), Never);

    private TimeSpan? Since(ref long at) =>
        Interlocked.Read(ref at) is var timestamp and not Never ? time.GetElapsedTime(timestamp) : null;
}
