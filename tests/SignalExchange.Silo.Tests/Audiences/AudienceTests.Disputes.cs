using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Tests.Disputes;
using SignalExchange.Silo.Tests.Hosting;
using SignalExchange.TestKit.Audiences;

namespace SignalExchange.Silo.Tests.Audiences;

// What each member is told of disputes, and of signals by trying to dispute them.
public sealed partial class AudienceTests
{
    private const int DisputesTried = 12;

    /// <summary>A dispute is shown to its two sides, to neither with the other.</summary>
    private static async Task CompareDisputes(LiveWorld live, WorldMember reader)
    {
        var listed = await live.Disputing(reader).ListDisputesAsync(new() { PageSize = 200 }, cancellationToken: Ct);

        Assert.Equal(
            live.Disputes.Where(it => it.By == reader.Name || it.Owner == reader.Name)
                .Select(it =>
                    it.Owner == reader.Name
                        ? (Hex(it.Signal), RaisedBy: "", it.Owner)
                        : (Hex(it.Signal), RaisedBy: it.By, Owner: "")
                )
                .Order(),
            listed
                .Disputes.Select(it =>
                    (Hex(it.SignalId), RaisedBy: live.PlainNameOf(it.RaisedBy), Owner: live.PlainNameOf(it.Owner))
                )
                .Order()
        );
    }

    /// <summary>What is not for this reader cannot be disputed, and is refused as what is not there, even by who knows its id.</summary>
    private static async Task CompareRefusedDisputes(LiveWorld live, World world, PlainModel model, WorldMember reader)
    {
        var unseen = world
            .Indicators.Index()
            .SelectMany(it => it.Item, (it, said) => (it.Index, Said: said))
            .Where(it => it.Said.Owner.Name == reader.Name || !model.Sees(reader, it.Said))
            .Take(DisputesTried);
        var side = live.Disputing(reader);
        foreach (var (index, said) in unseen)
        {
            var secret = await RpcErrors.Of(() =>
                DisputeFixture.Raise(side, live.Tokens[index], live.SignalOf(index, said))
            );
            var decoy = await RpcErrors.Of(() =>
                DisputeFixture.Raise(side, Beside(live.Tokens[index]), SignalId.NewId().ToByteString())
            );

            Assert.Equal(ErrorReason.SignalNotFound, secret.Reason);
            Assert.Equal(decoy, secret);
        }
    }

    private static string Hex(ByteString id) => Convert.ToHexStringLower(id.Span);
}
