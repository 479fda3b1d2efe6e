using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Grains.Tests.Audiences;

public sealed class AttributionTests
{
    private readonly Attributions _attributions = new(new byte[32]);

    [Fact]
    public void A_pseudonym_is_one_for_each_reader()
    {
        var (first, second) = (Shown("owner-a", "reader-a"), Shown("owner-a", "reader-b"));

        Assert.NotEqual(first, second);
        Assert.Equal(first, Shown("owner-a", "reader-a"));
        Assert.NotEqual(first, Shown("owner-b", "reader-a"));
        Assert.Matches("^pseudonym-[0-9a-f]{16}$", first);
    }

    [Fact]
    public void Another_exchange_has_other_pseudonyms() =>
        Assert.NotEqual(
            Shown("owner-a", "reader-a"),
            new Attributions(Enumerable.Repeat((byte)1, 32).ToArray())
                .Shown(SignalOf("owner-a"), Callers.Of("reader-a"))
                .Owner
        );

    [Fact]
    public void The_owner_sees_itself() => Assert.Equal("owner-a", Shown("owner-a", "owner-a"));

    private string Shown(string owner, string reader) => _attributions.Shown(SignalOf(owner), Callers.Of(reader)).Owner;

    private static Signal SignalOf(string owner) =>
        new()
        {
            Owner = owner,
            Statement = new SignalStatement { Attribution = Attribution.Pseudonymous },
        };
}
