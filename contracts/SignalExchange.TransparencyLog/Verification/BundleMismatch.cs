using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Verification;

/// <summary>A bundle whose entries do not hash to what its tile says.</summary>
/// <param name="Bundle">Its index.</param>
/// <param name="Leaves">What its entries hash to: as many as it has, and at most one more than there should be.</param>
/// <param name="Tile">What its tile says.</param>
/// <param name="HasAll">Whether it has as many entries as it should, and nothing else.</param>
internal sealed record BundleMismatch(long Bundle, MerkleHash[] Leaves, MerkleHash[] Tile, bool HasAll);
