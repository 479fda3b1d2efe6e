namespace SignalExchange.AccessLog.Reading;

/// <summary>What somebody needs to find an entry in a signed tree, without asking anybody.</summary>
/// <param name="Index">The entry's place.</param>
/// <param name="Entry">Its bytes, which are hashed.</param>
/// <param name="Hashes">The inclusion proof to the checkpoint's root, from the leaf's sibling upwards.</param>
/// <param name="Checkpoint">The signed checkpoint.</param>
public sealed record EntryProof(
    long Index,
    ReadOnlyMemory<byte> Entry,
    IReadOnlyList<byte[]> Hashes,
    ReadOnlyMemory<byte> Checkpoint
);
