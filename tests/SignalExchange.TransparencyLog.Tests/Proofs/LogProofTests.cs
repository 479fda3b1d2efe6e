using System.Text;
using CsCheck;
using SignalExchange.TransparencyLog.Merkle;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;
using SignalExchange.TransparencyLog.Tests.Verification;

namespace SignalExchange.TransparencyLog.Tests.Proofs;

public sealed class LogProofTests : IDisposable
{
    private readonly TestLog _log = new(700);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task A_proof_is_written_as_the_specification_says()
    {
        using var log = new TestLog(3);
        var proof = await LogProof
            .MakeAsync("no entry"u8.ToArray(), null, 2, log.Note, log.Tree, Cancelled)
            .ContinueWith(task => task.Exception!.InnerException, TaskScheduler.Default);
        Assert.IsType<InvalidDataException>(proof);

        var text = Encoding.UTF8.GetString(
            (await LogProof.MakeAsync(TestLog.EntryOf(2), null, 2, log.Note, log.Tree, Cancelled)).ToBytes()
        );
        var extra = Convert.ToBase64String([0, 39, .. TestLog.EntryOf(2)]);
        var hash = MerkleHashing.HashNode(
            MerkleHashing.HashLeaf(TestLog.EntryOf(0)),
            MerkleHashing.HashLeaf(TestLog.EntryOf(1))
        );

        Assert.Equal($"c2sp.org/tlog-proof@v1\nextra {extra}\nindex 2\n{hash}\n\n{log.Note}", text);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(300, true)]
    [InlineData(699, true)]
    public async Task A_proof_comes_back_and_is_verified_without_the_log(int index, bool withDetail)
    {
        var proof = LogProof.Parse((await MakeAsync(index, withDetail)).ToBytes());

        Assert.True(proof.Verify(_log.Options.Policy).IsProven);
        Assert.Equal(TestLog.EntryOf(index), proof.Entry.ToArray());
        Assert.Equal(withDetail ? TestLog.DetailOf(index) : null, proof.SealedDetail?.ToArray());
    }

    [Fact]
    public async Task Another_log_s_key_proves_nothing()
    {
        using var other = new TestLog(1);

        var verdict = (await MakeAsync(5, false)).Verify(other.Options.Policy);

        Assert.True(verdict.IsIncluded);
        Assert.False(verdict.IsProven);
        Assert.Equal(CheckpointProblem.NotSignedByLog, verdict.Checkpoint.Problem);
    }

    [Fact]
    public async Task No_bit_of_a_proof_can_change()
    {
        var good = (await MakeAsync(300, false)).ToBytes();

        Gen.Int[0, (good.Length * 8) - 1]
            .Sample(
                bit =>
                {
                    var bytes = good.ToArray();
                    bytes[bit / 8] ^= (byte)(1 << (bit % 8));
                    Assert.False(IsProven(bytes), $"bit {bit}");
                },
                iter: 2_000
            );
    }

    [Fact]
    public async Task A_proof_without_an_entry_or_with_too_many_lines_is_none()
    {
        var text = Encoding.UTF8.GetString((await MakeAsync(300, false)).ToBytes());
        var lines = text.Split('\n');
        string[] bad =
        [
            "",
            text.Replace("@v1", "@v2", StringComparison.Ordinal),
            string.Join('\n', lines.Where((_, i) => i != 1)),
            string.Join('\n', lines.Where((_, i) => i != 2)),
            text.Replace("index 300", "index 0300", StringComparison.Ordinal),
            text.Replace("extra ", "extra AAA=", StringComparison.Ordinal),
            text.Replace(lines[3], string.Join('\n', Enumerable.Repeat(lines[3], 70)), StringComparison.Ordinal),
        ];

        Assert.All(bad, it => Assert.Throws<FormatException>(() => LogProof.Parse(Encoding.UTF8.GetBytes(it))));
    }

    private Task<LogProof> MakeAsync(int index, bool withDetail) =>
        LogProof.MakeAsync(
            TestLog.EntryOf(index),
            withDetail ? new ReadOnlyMemory<byte>(TestLog.DetailOf(index)) : default(ReadOnlyMemory<byte>?),
            index,
            _log.Note,
            _log.Tree,
            Cancelled
        );

    private bool IsProven(byte[] bytes)
    {
        try
        {
            return LogProof.Parse(bytes).Verify(_log.Options.Policy).IsProven;
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
