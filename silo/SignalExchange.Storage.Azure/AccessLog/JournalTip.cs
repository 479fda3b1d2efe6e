using SignalExchange.Storage.Azure.Accounts;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.AccessLog;

/// <summary>Where a journal grows: reads what came, and adds a frame where nothing came.</summary>
/// <remarks>
/// <para>
/// A frame is appended only where the journal ends as its writer has seen it (the blob's ETag and length), so a writer that has
/// missed a frame writes nothing: it reads what came, and decides again.
/// </para>
/// <para>
/// Segments: 1. The next one is made, empty. 2. A last frame ends the one before it. 3. The next frame is the first of the new
/// one, and has all resources. Nobody makes a segment whose predecessor has ended, so whoever is late makes none that is used.
/// </para>
/// <para>Used by one caller at a time.</para>
/// </remarks>
internal sealed class JournalTip(AzureContainer container, string log, JournalLimits limits)
{
    // https://learn.microsoft.com/rest/api/storageservices/append-block, from version 2022-11-02 on.
    private const int MaxFrameBytes = 100 * 1024 * 1024;

    private readonly JournalReader _reader = new(container, log);

    // A write lost its reply, and nobody could find out what became of it.
    private bool _isInDoubt;

    /// <summary>Gets what is known of the journal.</summary>
    public JournalView View { get; private set; } = new();

    /// <summary>Forgets what is known: it is read from the beginning.</summary>
    public void Forget() => View = new();

    /// <summary>Reads what came.</summary>
    public async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            View = View.Segment == 0 ? await _reader.FindAsync(cancellationToken) : View;
            if (View.Segment == 0 || await _reader.TryReadOnAsync(View, cancellationToken))
            {
                return;
            }

            Forget();
        }
    }

    /// <summary>Adds a frame.</summary>
    /// <returns>Whether it was added; when not, what came instead is known.</returns>
    /// <exception cref="StorageUnavailableException">It was not, and won't be.</exception>
    /// <exception cref="CommitUnknownException">Nobody can tell.</exception>
    public async Task<bool> TryAddAsync(JournalFrame frame) =>
        await TryMakeRoomAsync() && await TryAppendAsync(WithAllResources(frame));

    /// <summary>Sees to it that no write whose outcome nobody knew changes anything from here on.</summary>
    /// <remarks>
    /// Reads on; if nothing came, a frame that says how the log stands takes the place, and what may be on its way finds it taken.
    /// </remarks>
    /// <exception cref="StorageUnavailableException">The service could not be asked.</exception>
    public async Task SettleAsync()
    {
        if (!_isInDoubt)
        {
            return;
        }

        var place = View.Next;
        await ReadOnAsync(CancellationToken.None);
        if (View.Next == place)
        {
            await TouchAsync();
        }

        _isInDoubt = false;
    }

    // Sees to it that the view is at the end of a segment that takes a frame.
    private async Task<bool> TryMakeRoomAsync()
    {
        if (View.Segment == 0)
        {
            await CreateAsync(1);
        }
        else if (!View.IsEnded && View.End.Length < limits.SegmentBytes && View.Frames < limits.SegmentFrames)
        {
            return true;
        }
        else if (!View.IsEnded)
        {
            await CreateAsync(View.Segment + 1); // 1.
            if (!await TryAppendAsync(JournalFrame.Of(View.State) with { IsLast = true })) // 2.
            {
                return false;
            }
        }

        await ReadOnAsync(CancellationToken.None);
        return View.End.Length == 0; // 3.
    }

    private JournalFrame WithAllResources(JournalFrame frame)
    {
        if (View.End.Length > 0)
        {
            return frame;
        }

        var all = new Dictionary<string, ReadOnlyMemory<byte>>(View.Resources, StringComparer.Ordinal);
        foreach (var (path, content) in frame.Resources)
        {
            all[path] = content;
        }

        return frame with
        {
            Resources = all,
        };
    }

    private async Task<bool> TryAppendAsync(JournalFrame frame)
    {
        var place = View.Next;
        try
        {
            await AppendAsync(frame);
            return true;
        }
        catch (AzureFailureException exception)
        {
            return exception.Failure.Kind switch
            {
                // A repeated request may have been refused because of its own first try.
                AzureFailureKind.ConditionFailed => await HasAsync(frame, place),
                AzureFailureKind.Unknown => await SettleAsync(frame, place, exception.Failure),
                _ => throw AzureErrors.Unavailable(exception.Failure, container.Account),
            };
        }
    }

    private async Task AppendAsync(JournalFrame frame)
    {
        var bytes = JournalFrameCodec.Encode(frame, View.Next);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaxFrameBytes);
        View.Add(frame, await container.AppendAsync(LogBlobs.Segment(log, View.Segment), View.End, bytes));
    }

    // Reads on, and tells whether it is the very frame that lies in its place.
    private async Task<bool> HasAsync(JournalFrame frame, JournalPlace place)
    {
        await ReadOnAsync(CancellationToken.None);
        return View.Next != place && await _reader.IdAtAsync(place, CancellationToken.None) == frame.Id;
    }

    private async Task<bool> SettleAsync(JournalFrame frame, JournalPlace place, AzureFailure failure)
    {
        _isInDoubt = true;
        bool isThere;
        try
        {
            await SettleAsync();
            isThere = await _reader.IdAtAsync(place, CancellationToken.None) == frame.Id;
        }
        catch (StorageUnavailableException)
        {
            throw AzureErrors.Unknown(failure, container.Account);
        }

        return isThere ? true : throw AzureErrors.Unavailable(failure, container.Account);
    }

    private async Task TouchAsync()
    {
        try
        {
            await AppendAsync(WithAllResources(JournalFrame.Of(View.State)));
        }
        catch (AzureFailureException exception)
        {
            if (exception.Failure.Kind != AzureFailureKind.ConditionFailed)
            {
                throw AzureErrors.Unavailable(exception.Failure, container.Account);
            }

            await ReadOnAsync(CancellationToken.None);
        }
    }

    private async Task CreateAsync(long segment)
    {
        try
        {
            await container.CreateAppendableAsync(LogBlobs.Segment(log, segment));
        }
        catch (AzureFailureException exception)
        {
            // Whoever made it, it is there.
            if (exception.Failure.Kind != AzureFailureKind.ConditionFailed)
            {
                throw AzureErrors.Unavailable(exception.Failure, container.Account);
            }
        }
    }
}
