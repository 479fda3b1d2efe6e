using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Load;

/// <summary>Whose messages take how much of this silo's memory. Knows the parties that have a call under way, and no other.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class HeldBytesByParty(IOptions<LoadOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<LoadParty, HeldBytes> _parties = [];

    /// <summary>Returns what a party's calls share, until <see cref="Close"/>.</summary>
    public HeldBytes Open(LoadParty party)
    {
        lock (_gate)
        {
            var held = _parties.TryGetValue(party, out var known)
                ? known
                : _parties[party] = new(party, options.Value.MaxHeldBytesPerMember);
            held.Calls++;
            return held;
        }
    }

    /// <summary>A call of it has ended.</summary>
    public void Close(HeldBytes held)
    {
        lock (_gate)
        {
            if (--held.Calls == 0)
            {
                _parties.Remove(held.Party);
            }
        }
    }
}
