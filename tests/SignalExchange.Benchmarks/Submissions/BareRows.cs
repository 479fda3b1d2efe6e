using System.Security.Cryptography;

namespace SignalExchange.Benchmarks.Submissions;

/// <summary>What a bare side writes for submissions: as many bytes as the exchange, and random ones, since an engine makes little of zeros.</summary>
/// <remarks>Drawn once: drawing is no part of what is measured. Safe from any thread.</remarks>
internal sealed class BareRows
{
    private byte[] _changes = [];

    /// <summary>Gets the state of an indicator, the same for each.</summary>
    public byte[] State { get; } = RandomNumberGenerator.GetBytes(SubmissionBytes.State);

    /// <summary>Returns the changes of so many submissions: a row of the log.</summary>
    public byte[] ChangesOf(int submissions)
    {
        var (bytes, changes) = (submissions * SubmissionBytes.Change, _changes);
        if (changes.Length != bytes)
        {
            changes = RandomNumberGenerator.GetBytes(bytes);
            _changes = changes;
        }

        return changes;
    }
}
