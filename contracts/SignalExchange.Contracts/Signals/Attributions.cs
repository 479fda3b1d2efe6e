using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>How a signal and its owner appear to others: by name, by a pseudonym, or not at all; and nothing beyond the reader's own horizon.</summary>
/// <param name="key">What pseudonyms are made with: 32 secret bytes of the exchange.</param>
/// <remarks>Safe from any thread.</remarks>
public sealed class Attributions(ReadOnlyMemory<byte> key)
{
    /// <summary>What every pseudonym begins with; no member's id may.</summary>
    public const string Prefix = "pseudonym-";

    private const int DigestBytes = 8;

    /// <summary>Returns the signal as the caller is shown it: without what is between its owner and the exchange, or other readers.</summary>
    /// <param name="signal">A signal that the caller may see.</param>
    /// <param name="caller">Whose eyes.</param>
    /// <returns>The caller's own signal as it is; a copy of another's, which nobody else holds.</returns>
    public Signal Shown(Signal signal, Caller caller)
    {
        if (signal.Owner == caller.Member.Value)
        {
            return signal;
        }

        var shown = signal.Clone();
        shown.WrongWithdrawals = 0;
        Narrow(shown, caller);
        shown.Owner = signal.Statement.Attribution switch
        {
            Attribution.Pseudonymous => PseudonymOf(signal.Owner, caller),
            Attribution.Hidden => "",
            _ => signal.Owner,
        };
        return shown;
    }

    // Groups of others, signals of others and the owner's papers would narrow down who speaks, and tell of what the reader does not see.
    private static void Narrow(Signal shown, Caller caller)
    {
        var statement = shown.Statement;
        statement.CaseReference = ByteString.Empty;
        shown.Derived = statement.DerivedFrom.Count > 0;
        statement.DerivedFrom.Clear();
        string[] groups = [.. statement.Audience.GroupIds.Where(caller.Groups.Contains)];
        statement.Audience.GroupIds.Clear();
        statement.Audience.GroupIds.Add(groups);
        if (statement.Legal is { } legal && !Delivery.NeedsPermit(legal, caller))
        {
            legal.Permit = ByteString.Empty;
        }
    }

    // Another one for each reader, so that what one of them keeps or loses names nobody to another. Readers who conspire still join theirs: a
    // signal has one id, which disputes name it by, and its times would tell as much (threat model, "two readers").
    private string PseudonymOf(string owner, Caller caller)
    {
        var message = Encoding.ASCII.GetBytes($"{owner}\0{caller.Member.Value}");
        var digest = HMACSHA256.HashData(key.Span, message).AsSpan(0, DigestBytes);
        return Prefix + Convert.ToHexStringLower(digest);
    }
}
