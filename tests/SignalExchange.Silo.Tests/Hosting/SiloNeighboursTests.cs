using System.Net;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Tests.Hosting;

/// <summary>Silos that could not reach each other are not of one cluster, whatever table they share.</summary>
public sealed class SiloNeighboursTests
{
    private const string Machine = "here";

    private static readonly DateTimeOffset Now = new(2026, 5, 4, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")] // Two pods of the same settings: each would take the other for itself before a restart.
    [InlineData("127.0.0.1", "192.0.2.7")]
    [InlineData("192.0.2.8", "127.0.0.1")]
    [InlineData("::1", "2001:db8::7")]
    public void A_loopback_address_and_a_silo_on_another_machine_do_not_go_together(string own, string other) =>
        Assert.NotNull(Find(own, Silo(other, "there")));

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", Machine)]
    [InlineData("127.0.0.1", "192.0.2.7", Machine)]
    [InlineData("192.0.2.8", "192.0.2.7", "there")]
    public void Silos_of_one_machine_and_silos_at_addresses_of_their_own_do(string own, string other, string machine) =>
        Assert.Null(Find(own, Silo(other, machine)));

    [Theory]
    [InlineData(SiloStatus.Dead)]
    [InlineData(SiloStatus.ShuttingDown)]
    [InlineData(SiloStatus.Stopping)]
    public void A_silo_that_has_left_or_is_leaving_is_nobodys_neighbour(SiloStatus status)
    {
        var silo = Silo("192.0.2.7", "there");
        silo.Status = status;

        Assert.Null(Find("127.0.0.1", silo));
    }

    [Fact]
    public void A_silo_that_was_not_heard_of_for_fifteen_seconds_does_not_count()
    {
        var silo = Silo("192.0.2.7", "there");
        silo.IAmAliveTime = Now.UtcDateTime.AddSeconds(-14.9);
        Assert.NotNull(Find("127.0.0.1", silo));

        silo.IAmAliveTime = Now.UtcDateTime.AddSeconds(-15);

        Assert.Null(Find("127.0.0.1", silo));
    }

    private static MembershipEntry? Find(string own, MembershipEntry silo) =>
        SiloNeighbours.FindStranger(IPAddress.Parse(own), Machine, [silo], Now);

    private static MembershipEntry Silo(string address, string machine) =>
        new()
        {
            SiloAddress = SiloAddress.New(IPAddress.Parse(address), 11111, 1),
            SiloName = "other",
            HostName = machine,
            Status = SiloStatus.Active,
            StartTime = Now.UtcDateTime,
            IAmAliveTime = Now.UtcDateTime,
        };
}
