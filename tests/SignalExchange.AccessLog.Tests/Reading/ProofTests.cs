using CsCheck;

namespace SignalExchange.AccessLog.Tests.Reading;

public sealed class ProofTests : IDisposable
{
    private const int Count = 1300;

    private readonly TempFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Proofs_convince_whoever_follows_the_rfc()
    {
        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        await log.AppendAsync(Count);
        await log.WaitPublishedAsync(Count);
        var leaves = IndependentVerifier
            .Verify(_folder.In(LogUnderTest.Name), log.Host.VerifierKey)
            .ConvertAll(IndependentVerifier.Leaf);
        byte[] RootOf(long size) => IndependentVerifier.Root(leaves.GetRange(0, (int)size).ToArray());

        await Gen.Int[1, Count]
            .SelectMany(size => Gen.Select(Gen.Int[0, size - 1], Gen.Int[1, size], Gen.Const(size)))
            .SampleAsync(
                async (index, from, size) =>
                {
                    var inclusion = await log.Host.ProveInclusionAsync(index, size, Cancellation);
                    Assert.True(ProofChecks.IsIncluded(index, size, leaves[index], RootOf(size), inclusion));
                    Assert.False(ProofChecks.IsIncluded(index, size, new byte[32], RootOf(size), inclusion));
                    var consistency = await log.Host.ProveConsistencyAsync(from, size, Cancellation);
                    Assert.True(ProofChecks.IsConsistent(from, size, RootOf(from), RootOf(size), consistency));
                },
                iter: 200,
                threads: 1
            );
    }

    [Fact]
    public async Task Entry_comes_with_all_that_proves_it()
    {
        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        Assert.Null(await log.Host.ProveEntryAsync(0, Cancellation));
        await log.AppendAsync(300);
        await log.WaitPublishedAsync(300);

        foreach (var index in new[] { 0, 255, 256, 299 })
        {
            var proof = await log.Host.ProveEntryAsync(index, Cancellation);
            var note = System.Text.Encoding.UTF8.GetString(proof!.Checkpoint.Span);
            var (size, root) = IndependentVerifier.ReadCheckpoint(note, log.Host.VerifierKey);
            var leaf = IndependentVerifier.Leaf(proof.Entry.ToArray());
            Assert.True(ProofChecks.IsIncluded(index, size, leaf, root, proof.Hashes));
        }

        Assert.Null(await log.Host.ProveEntryAsync(300, Cancellation));
    }

    [Theory]
    [InlineData(-1, 3)]
    [InlineData(3, 3)]
    [InlineData(0, 4)]
    public async Task Proof_to_what_is_not_published_is_refused(long index, long size)
    {
        await using var log = await LogUnderTest.StartAsync(_folder.Path);
        await log.AppendAsync(3);
        await log.WaitPublishedAsync(3);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await log.Host.ProveInclusionAsync(index, size, Cancellation)
        );
    }
}
