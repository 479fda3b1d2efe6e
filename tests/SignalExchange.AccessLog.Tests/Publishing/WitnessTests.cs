using SignalExchange.AccessLog.Publishing;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.AccessLog.Tests.Publishing;

public sealed class WitnessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Checkpoint_is_published_once_enough_witnesses_signed_it()
    {
        var (good, bad) = (new FakeWitness("good"), new FakeWitness("bad") { IsDown = true });
        await using var log = await LogUnderTest.StartAsync(_folder.Path, With(2, good, bad));
        await log.AppendAsync(3);
        await Wait.UntilAsync(() => log.Standing.Reason is not null, () => "Nobody was told.");
        Assert.Equal((true, 3, 0), (log.Standing.IsWritable, log.Standing.HeadSize, log.Standing.PublishedSize));
        Assert.False(File.Exists(_folder.In(LogUnderTest.Name, "checkpoint")));
        Assert.NotNull(log.Health.SignedAt("good", 1));
        Assert.Null(log.Health.SignedAt("bad", 1));
        Assert.Null(log.Health.SignedAt("good", 2));

        bad.IsDown = false;
        await log.WaitPublishedAsync(3);
        Assert.NotNull(log.Health.SignedAt("bad", 1));

        var note = await File.ReadAllTextAsync(
            _folder.In(LogUnderTest.Name, "checkpoint"),
            TestContext.Current.CancellationToken
        );
        Assert.Contains("\n— good ", note, StringComparison.Ordinal);
        Assert.Contains("\n— bad ", note, StringComparison.Ordinal);
        IndependentVerifier.Verify(_folder.In(LogUnderTest.Name), log.Host.VerifierKey);
    }

    [Fact]
    public async Task Witness_that_is_not_required_holds_nothing_up()
    {
        await using var log = await LogUnderTest.StartAsync(
            _folder.Path,
            With(1, new FakeWitness("good"), new FakeWitness("bad") { IsDown = true })
        );
        await log.AppendAsync(3);
        await log.WaitPublishedAsync(3);
        Assert.Null(log.Standing.Reason);
    }

    [Fact]
    public async Task Witness_gets_a_proof_that_the_log_only_grew()
    {
        var witness = new FakeWitness("good");
        await using var log = await LogUnderTest.StartAsync(_folder.Path, With(1, witness));
        foreach (var count in new[] { 5, 300, 700 })
        {
            await log.AppendAsync(count);
            await log.WaitPublishedAsync(log.Reader.Size);
        }

        Assert.Equal(1005, witness.Size);
    }

    private static LogSetup With(int required, params ICheckpointWitness[] witnesses) =>
        new() { Witnesses = witnesses, Configure = options => options.RequiredWitnesses = required };

    // Signs what is consistent with what it saw last, as a real one does.
    private sealed class FakeWitness(string name) : ICheckpointWitness
    {
        private MerkleHash _root;

        public volatile bool IsDown;

        public long Size { get; private set; }

        public string Name => name;

        public async Task<NoteSignature> CosignAsync(
            SignedNote checkpoint,
            ITreeReader tree,
            CancellationToken cancellationToken
        )
        {
            if (IsDown)
            {
                throw new IOException("Nobody is there.");
            }

            var offered = Checkpoint.Of(checkpoint);
            if (Size > 0)
            {
                var proof = await ConsistencyProof.MakeAsync(tree, Size, offered.Size, cancellationToken);
                Assert.True(
                    ProofChecks.IsConsistent(Size, offered.Size, _root.ToArray(), offered.Root.ToArray(), proof)
                );
            }

            (Size, _root) = (offered.Size, offered.Root);
            return new NoteSignature(name, 1, new byte[72]);
        }
    }
}
