using SignalExchange.TransparencyLog.Merkle;

namespace SignalExchange.TransparencyLog.Tests.Merkle;

/// <summary>The example tree of Certificate Transparency's reference implementation, which every log's library is tested with.</summary>
public sealed class PublishedTreeTests
{
    private static readonly string[] Entries =
    [
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    ];

    private static readonly MemoryTree Tree = new([
        .. Entries.Select(entry => MerkleHashing.HashLeaf(Convert.FromHexString(entry))),
    ]);

    public static TheoryData<int, string> Roots =>
        new()
        {
            { 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" },
            { 1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d" },
            { 2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125" },
            { 3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77" },
            { 4, "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7" },
            { 5, "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4" },
            { 6, "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef" },
            { 7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c" },
            { 8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328" },
        };

    [Theory]
    [MemberData(nameof(Roots))]
    public void The_published_roots_come_out(int size, string root)
    {
        var leaves = Tree.Leaves.Take(size).ToArray();

        Assert.Equal(Read(root), MerkleHashing.HashTree(leaves));
        Assert.Equal(Read(root), Tree.Root(size));
    }

    [Fact]
    public async Task The_published_inclusion_proof_comes_out()
    {
        string[] published =
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ];

        var proof = await InclusionProof.MakeAsync(Tree, 0, 8, TestContext.Current.CancellationToken);

        Assert.Equal(published.Select(Read), proof);
    }

    [Fact]
    public async Task The_published_consistency_proof_comes_out()
    {
        string[] published =
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ];

        var proof = await ConsistencyProof.MakeAsync(Tree, 6, 8, TestContext.Current.CancellationToken);

        Assert.Equal(published.Select(Read), proof);
    }

    private static MerkleHash Read(string hex) => new(Convert.FromHexString(hex));
}
