using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Signals;

/// <summary>How a signal's owner appears to others: by name, by a pseudonym, or not at all.</summary>
/// <param name="key">What pseudonyms are made with: 32 secret bytes of the exchange.</param>
/// <remarks>Safe from any thread.</remarks>
public sealed class Attributions(ReadOnlyMemory<byte> key)
{
    /// <summary>What every pseudonym begins with; no member's id may.</summary>
    public const string Prefix = "pseudonym-";

    private const int DigestBytes = 8;

    /// <summary>Returns the signal as the caller is shown it: without what is between its owner and the exchange.</summary>
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
        shown.Statement.CaseReference = Google.Protobuf.ByteString.Empty;
        shown.Owner = signal.Statement.Attribution switch
        {
            Attribution.Pseudonymous => PseudonymOf(signal.Owner, caller),
            Attribution.Hidden => "",
            _ => signal.Owner,
        };
        return shown;
    }

    // Another one for each reader: two readers who compare notes learn nothing.
    private string PseudonymOf(string owner, Caller caller)
    {
        var message = Encoding.ASCII.GetBytes($"{owner}\0{caller.Member.Value}");
        var digest = HMACSHA256.HashData(key.Span, message).AsSpan(0, DigestBytes);
        return Prefix + Convert.ToHexStringLower(digest);
    }
}
