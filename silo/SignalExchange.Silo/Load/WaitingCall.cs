namespace SignalExchange.Silo.Load;

/// <summary>A call that waits for a place.</summary>
internal sealed class WaitingCall(PartyPlaces party)
{
    // Who is let in goes on elsewhere: whoever gives a place back does not do another's work.
    private readonly TaskCompletionSource<IDisposable> _place = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets whose it is.</summary>
    public PartyPlaces Party => party;

    /// <summary>Gets the place, once there is one.</summary>
    public Task<IDisposable> Place => _place.Task;

    /// <summary>Lets it in.</summary>
    public void Admit(IDisposable place) => _place.SetResult(place);

    /// <summary>Its caller went away.</summary>
    public void GiveUp(CancellationToken cancellationToken) => _place.SetCanceled(cancellationToken);
}
