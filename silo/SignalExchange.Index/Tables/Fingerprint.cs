namespace SignalExchange.Index.Tables;

/// <summary>A token's name within this process: 64 bits of a keyed hash, never all ones.</summary>
/// <remarks>All ones stands for "never used" in a <see cref="Line"/>, so every fingerprint lies below it.</remarks>
internal readonly record struct Fingerprint
{
    /// <summary>Creates the fingerprint; the one value that is not allowed becomes its neighbour.</summary>
    public Fingerprint(ulong value) => Value = Math.Min(value, ulong.MaxValue - 1);

    /// <summary>Gets the bits.</summary>
    public ulong Value { get; }

    /// <summary>Returns no content: a fingerprint is as good as a token to whoever holds the key.</summary>
    public override string ToString() => nameof(Fingerprint);
}
