using Bunit;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.V1;
using SignalExchange.WebConsole.Operators;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>How a silo does, as operators see it: what is well is said calmly, and what is not stands out.</summary>
public sealed class SiloCardTests : PageContext
{
    private static SiloStanding Well =>
        new()
        {
            Origin = "exchange.example/log/silo-1",
            Version = "1.0.0",
            StartedAt = DateTimeOffset.UnixEpoch.ToTimestamp(),
            ReportedAt = DateTimeOffset.UnixEpoch.ToTimestamp(),
            Condition = SiloCondition.Ready,
            Shards = 256,
            LogIsWritable = true,
            LogIsPublishing = true,
            StorageBytes = 3 * 1024 * 1024,
            StorageFreeBytes = 5UL * 1024 * 1024 * 1024,
        };

    [Fact]
    public void A_silo_that_is_well_says_so_and_what_its_storage_takes()
    {
        var card = Draw(Well);

        Assert.Contains("all 256 shards as of now", card.Markup, StringComparison.Ordinal);
        Assert.Contains("3 MiB, may grow by 5 GiB", card.Markup, StringComparison.Ordinal);
        Assert.Contains("none: only this exchange vouches for the log", card.Markup, StringComparison.Ordinal);
        Assert.Single(card.FindComponents<Elements.Tag>());
    }

    [Fact]
    public void An_engine_that_does_not_know_its_size_says_that_it_writes()
    {
        var silo = Well;
        silo.ClearStorageBytes();
        silo.ClearStorageFreeBytes();
        silo.WaitingWrites = 1234;

        var card = Draw(silo);

        Assert.Contains("the last write was written", card.Markup, StringComparison.Ordinal);
        Assert.Contains("1,234 writes wait", card.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the last write failed")]
    [InlineData("3 of 256 shards behind")]
    [InlineData("cannot be written")]
    [InlineData("checkpoint lacks witnesses")]
    public void What_is_not_well_stands_out(string says)
    {
        var silo = Well;
        silo.StorageFails = says == "the last write failed";
        silo.StaleShards = says == "3 of 256 shards behind" ? 3u : 0;
        silo.LogIsWritable = says != "cannot be written";
        silo.LogIsPublishing = says != "checkpoint lacks witnesses";

        var card = Draw(silo);

        Assert.Contains(
            card.FindComponents<Elements.Tag>(),
            tag => tag.Markup.Contains(says, StringComparison.Ordinal)
        );
    }

    private IRenderedComponent<SiloCard> Draw(SiloStanding silo) =>
        Render<SiloCard>(parameters => parameters.Add(card => card.Silo, silo));
}
