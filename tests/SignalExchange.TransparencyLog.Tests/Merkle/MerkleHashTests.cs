using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tests.Merkle;

public sealed class MerkleHashTests
{
    private const string EmptyText = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

    [Fact]
    public void Text_and_bytes_come_back()
    {
        Assert.Equal(EmptyText, MerkleHashing.EmptyRoot.ToString());
        Assert.True(MerkleHash.TryParse(EmptyText, out var hash));
        Assert.Equal(MerkleHashing.EmptyRoot, hash);
        Assert.Equal(hash, new MerkleHash(hash.ToArray()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("47DEQpj8HBSa")]
    [InlineData(" 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU")]
    [InlineData("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=")] // the last digit's spare bits are set
    [InlineData("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU=")]
    public void What_is_no_canonical_base64_of_32_bytes_is_no_hash(string text) =>
        Assert.False(MerkleHash.TryParse(text, out _));

    [Fact]
    public void A_large_entry_is_hashed_as_a_small_one_is()
    {
        var entry = new byte[65_535];
        var expected = System.Security.Cryptography.SHA256.HashData([0, .. entry]);

        Assert.Equal(new MerkleHash(expected), MerkleHashing.HashLeaf(entry));
    }
}
