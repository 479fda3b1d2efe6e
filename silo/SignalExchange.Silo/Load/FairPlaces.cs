namespace SignalExchange.Silo.Load;

/// <summary>Places to work at. Parties that wait are served in turn, one call each, and none holds more than its share.</summary>
/// <remarks>
/// Round robin among those who wait (J. Nagle, RFC 970): however many calls one party has waiting, another's next call is behind one of each
/// party at most. Safe from any thread; a place costs a lock for some tens of nanoseconds.
/// </remarks>
internal sealed class FairPlaces(int places, int placesPerParty)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LoadParty, PartyPlaces> _parties = [];

    // Those who wait, whose turn it is first.
    private readonly LinkedList<PartyPlaces> _turns = new();
    private int _free = places;
    private int _waiting;
    private long _entered;

    /// <summary>Gets how many wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Gets how many were ever let in.</summary>
    public long Entered => Volatile.Read(ref _entered);

    /// <summary>Takes a place, or a place among those who wait.</summary>
    /// <param name="party">Who.</param>
    /// <param name="maxWaiting">How many may wait in all.</param>
    /// <param name="maxWaitingOfParty">How many of one party.</param>
    /// <param name="call">The call that waits; null when it does not.</param>
    /// <param name="exceeded">The limit that is reached when it may not even wait.</param>
    /// <returns>The place; null when there is none yet.</returns>
    public IDisposable? TryEnter(
        LoadParty party,
        int maxWaiting,
        int maxWaitingOfParty,
        out WaitingCall? call,
        out int? exceeded
    )
    {
        (call, exceeded) = (null, null);
        lock (_gate)
        {
            var own = Find(party);
            if (_free > 0 && own.Held < placesPerParty)
            {
                return Take(own); // nobody who may go in waits while a place is free
            }

            exceeded =
                own.Waiting.Count >= maxWaitingOfParty ? maxWaitingOfParty
                : _waiting >= maxWaiting ? maxWaiting
                : null;
            call = exceeded is null ? Queue(own) : null;
            Forget(own);
            return null;
        }
    }

    /// <summary>A call that waits leaves, if it was not let in meanwhile.</summary>
    public void Leave(WaitingCall call, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (call.Party.Waiting.Remove(call))
            {
                _waiting--;
                call.GiveUp(cancellationToken);
                EndTurns(call.Party);
                Forget(call.Party);
            }
        }
    }

    private PartyPlaces Find(LoadParty party) =>
        _parties.TryGetValue(party, out var known) ? known : _parties[party] = new(party);

    private WaitingCall Queue(PartyPlaces party)
    {
        var call = new WaitingCall(party);
        party.Waiting.AddLast(call);
        _waiting++;
        if (party.Waiting.Count == 1)
        {
            _turns.AddLast(party);
        }

        return call;
    }

    private Place Take(PartyPlaces party)
    {
        _free--;
        party.Held++;
        _entered++;
        return new(this, party);
    }

    private void GiveBack(PartyPlaces party)
    {
        lock (_gate)
        {
            _free++;
            party.Held--;
            AdmitNext();
            Forget(party);
        }
    }

    // One place came free, so one goes in at most: the first whose turn it is and who holds less than its share.
    private void AdmitNext()
    {
        for (var turn = _turns.First; turn is not null; turn = turn.Next)
        {
            var party = turn.Value;
            if (party.Held < placesPerParty)
            {
                var call = party.Waiting.First!.Value;
                party.Waiting.RemoveFirst();
                _waiting--;
                _turns.Remove(turn);
                if (party.Waiting.Count > 0)
                {
                    _turns.AddLast(turn);
                }

                call.Admit(Take(party));
                return;
            }
        }
    }

    private void EndTurns(PartyPlaces party)
    {
        if (party.Waiting.Count == 0)
        {
            _turns.Remove(party);
        }
    }

    private void Forget(PartyPlaces party)
    {
        if (party.Held == 0 && party.Waiting.Count == 0)
        {
            _parties.Remove(party.Party);
        }
    }

    /// <summary>A place; disposing of it gives it back, once.</summary>
    private sealed class Place(FairPlaces owner, PartyPlaces party) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0)
            {
                owner.GiveBack(party);
            }
        }
    }
}
