using SignalExchange.Audit.Proofs;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Audit.Tests.Proofs;

public sealed class ProofQuestionsTests
{
    [Theory]
    [InlineData(9, null)]
    [InlineData(10, ErrorReason.ProofNotYet)]
    [InlineData(12, ErrorReason.EntryNotFound)]
    [InlineData(ulong.MaxValue, ErrorReason.EntryNotFound)]
    public void An_entry_is_proved_once_a_checkpoint_covers_it(ulong index, ErrorReason? reason) =>
        Assert.Equal(reason, ProofQuestions.Check(new GetProofRequest { Index = index }, 12, 10)?.Reason);

    [Theory]
    [InlineData(1, 10, null)]
    [InlineData(10, 10, null)]
    [InlineData(1, 0, null)]
    [InlineData(0, 10, ErrorReason.OutOfRange)]
    [InlineData(5, 4, ErrorReason.OutOfRange)]
    [InlineData(1, 11, ErrorReason.ProofNotYet)]
    [InlineData(11, 0, ErrorReason.OutOfRange)]
    public void Consistency_is_proved_between_sizes_that_were_published(ulong from, ulong to, ErrorReason? reason) =>
        Assert.Equal(
            reason,
            ProofQuestions.Check(new GetConsistencyRequest { FromSize = from, ToSize = to }, 10)?.Reason
        );
}
