using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using SignalExchange.AccessLog.Reading;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.AccessLog;
using SignalExchange.Silo.Disputes;
using SignalExchange.Silo.Tests.AccessLog;
using SignalExchange.TestKit;
using SignalExchange.TransparencyLog.Notes;
using SignalExchange.TransparencyLog.Proofs;

namespace SignalExchange.Silo.Tests.Disputes;

/// <summary>
/// Neither side of a dispute finds the other in the access log, whichever entry it asks a proof of; what it is given is proven all the same, and
/// auditors find both.
/// </summary>
public sealed class DisputeSecrecyTests(DisputeFixture fixture) : IClassFixture<DisputeFixture>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Attribution.Hidden)]
    [InlineData(Attribution.Pseudonymous)]
    public async Task No_entry_that_a_side_can_read_names_the_other(Attribution attribution)
    {
        var before = fixture.Exchange.Log.Size;
        await PlayedOut(attribution);

        var toReader = await Readable(fixture.Reader, before);
        var toOwner = await Readable(fixture.Owner, before);

        Assert.Equal(
            ["RaiseDispute", "RaiseDispute", "ListDisputes", "CloseDispute", "CloseDispute"], // to close is an act: begun, and done
            toReader.Select(Method).Where(it => it.EndsWith("Dispute", Letters) || it.EndsWith("Disputes", Letters))
        );
        Assert.Contains("AnswerDispute", toOwner.Select(Method));
        Assert.All(toReader, proof => Assert.DoesNotContain("owner", TextOf(proof), Letters));
        Assert.All(toOwner, proof => Assert.DoesNotContain("reader", TextOf(proof), Letters));
        Assert.Empty(await Readable(fixture.Stranger, before));
    }

    [Fact]
    public async Task An_auditor_finds_whose_signal_it_was_by_the_disputes_id()
    {
        var before = fixture.Exchange.Log.Size;
        var dispute = await PlayedOut(Attribution.Hidden);

        var id = Convert.ToHexStringLower(dispute.DisputeId.Span);
        var about = (await fixture.Exchange.EntriesSince(before))
            .Where(it => it.Changes.Any(change => (change.Setting, change.NewValue) == ("dispute.id", id)))
            .Select(it => (it.Actor.Kind, it.Actor.MemberId, it.Method.Split('/')[^1], it.SubjectMemberId));

        Assert.Equal(
            [
                (ActorKind.System, "", "changed", "owner"),
                (ActorKind.Backend, "reader", "RaiseDispute", ""),
                (ActorKind.System, "", "changed", "owner"),
                (ActorKind.Backend, "reader", "RaiseDispute", ""),
                (ActorKind.Backend, "owner", "AnswerDispute", "owner"),
                (ActorKind.System, "", "changed", "owner"),
                (ActorKind.Backend, "reader", "CloseDispute", ""),
            ],
            about
        );
        Assert.EndsWith("/changed", DisputeRecords.Event, Letters);
    }

    [Fact]
    public async Task The_entry_of_an_operator_who_is_told_the_owner_names_the_owner()
    {
        var (_, dispute) = await fixture.Disputed();
        var before = fixture.Exchange.Log.Size;
        await fixture.Operators.CloseDisputeAsync(new() { DisputeId = dispute.DisputeId }, cancellationToken: Ct);

        var entry = Assert.Single(
            await fixture.Exchange.EntriesSince(before),
            it => it.Method.EndsWith("Dispute", Letters) || it.Method == DisputeRecords.Event
        );
        Assert.Equal(("consortium", "owner"), (entry.Actor.MemberId, entry.SubjectMemberId));
    }

    private const StringComparison Letters = StringComparison.Ordinal;

    // Raised, raised again, listed by both, upheld, dropped.
    private async Task<Dispute> PlayedOut(Attribution attribution)
    {
        var (token, signalId) = await fixture.Reported(said => said.Attribution = attribution);
        var dispute = await DisputeFixture.Raise(fixture.Reader, token, signalId);
        await DisputeFixture.Raise(fixture.Reader, token, signalId);
        await DisputeFixture.Unsettled(fixture.Reader);
        await DisputeFixture.Unsettled(fixture.Owner);
        var id = dispute.DisputeId;
        await fixture.Owner.AnswerDisputeAsync(
            new() { DisputeId = id, Answer = DisputeAnswer.Uphold },
            cancellationToken: Ct
        );
        await fixture.Reader.CloseDisputeAsync(new() { DisputeId = id }, cancellationToken: Ct);
        return dispute;
    }

    /// <summary>Every entry since then that a side is given the proof of: each verified, detail and all.</summary>
    private async Task<List<GetProofResponse>> Readable(DisputeSide side, long from)
    {
        var prover = fixture.Exchange.Services.GetRequiredService<IAccessLogProver>();
        var until = fixture.Exchange.Log.Size;
        await Eventually.TrueAsync(() => prover.PublishedSize >= until, "all entries published");
        var proofs = new List<GetProofResponse>();
        for (var index = from; index < until; index++)
        {
            try
            {
                proofs.Add(await side.Proofs.GetProofAsync(new() { Index = (ulong)index }, cancellationToken: Ct));
            }
            catch (RpcException refused) when (RefusalReader.ReasonOf(refused) == ErrorReason.EntryNotFound)
            {
                // Another's.
            }
        }

        var checkpoint = await side.Proofs.GetCheckpointAsync(new(), cancellationToken: Ct);
        var policy = new CheckpointPolicy([VerifierKey.Parse(checkpoint.LogKey)], [], 0);
        Assert.All(
            proofs,
            proof => Assert.True(LogProof.Parse(Client.Audit.LogProofs.Read(proof).ToBytes()).Verify(policy).IsProven)
        );
        return proofs;
    }

    private static string Method(GetProofResponse proof) =>
        AccessLogDetail.Parser.ParseFrom(proof.Detail).Method.Split('/')[^1];

    private static string TextOf(GetProofResponse proof) => Encoding.Latin1.GetString(proof.ToByteArray());
}
