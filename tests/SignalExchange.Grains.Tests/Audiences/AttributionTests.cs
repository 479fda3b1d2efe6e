using Google.Protobuf;
using SignalExchange.Contracts;
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

    [Fact]
    public void A_reader_of_one_group_is_not_told_of_the_others()
    {
        var signal = SignalOf("owner-a");
        signal.Statement.Audience.GroupIds.Add(["mine", "theirs"]);

        Assert.Equal(["mine"], ShownTo(signal, "mine", "another").Audience.GroupIds);
        Assert.Equal(
            ["mine", "theirs"],
            _attributions.Shown(signal, Callers.Of("owner-a")).Statement.Audience.GroupIds
        );
    }

    [Fact]
    public void From_what_it_was_learned_is_the_owners_to_know_and_that_it_was_is_everybodys()
    {
        var signal = SignalOf("owner-a");
        signal.Statement.DerivedFrom.Add(SignalId.NewId().ToByteString());
        signal.WrongWithdrawals = 2;

        var shown = _attributions.Shown(signal, Callers.Of("reader-a"));

        Assert.Empty(shown.Statement.DerivedFrom);
        Assert.Equal((true, 0u), (shown.Derived, shown.WrongWithdrawals));
        Assert.Single(signal.Statement.DerivedFrom);
    }

    [Fact]
    public void A_permit_is_shown_to_whom_the_signal_could_not_be_delivered_without_it()
    {
        var signal = SignalOf("owner-a");
        signal.Statement.Legal = new() { Permit = SubmissionId.NewId().ToByteString() };

        Assert.True(PermitFor(signal).IsEmpty);
        Assert.True(PermitFor(signal, ("DE", false)).IsEmpty);
        Assert.True(PermitFor(signal, ("DE", true), ("FR", false)).IsEmpty);
        Assert.Equal(signal.Statement.Legal.Permit, PermitFor(signal, ("DE", true)));
        signal.Statement.Legal.Jurisdictions.Add("DE");
        Assert.Equal(signal.Statement.Legal.Permit, PermitFor(signal, ("DE", true), ("FR", false)));
    }

    private SignalStatement ShownTo(Signal signal, params string[] groups) =>
        _attributions.Shown(signal, new Caller(new("reader-a"), groups.ToHashSet(StringComparer.Ordinal))).Statement;

    private ByteString PermitFor(Signal signal, params (string Country, bool AsksForPermit)[] laws)
    {
        var reader = new Caller(new("reader-a"), new HashSet<string>())
        {
            Jurisdictions = laws.Select(law => law.Country).ToHashSet(StringComparer.Ordinal),
            DeliveryRules = laws.ToDictionary(
                law => law.Country,
                law => new DeliveryRule { Country = law.Country, PermitRequired = law.AsksForPermit }
            ),
        };
        return _attributions.Shown(signal, reader).Statement.Legal.Permit;
    }

    private string Shown(string owner, string reader) => _attributions.Shown(SignalOf(owner), Callers.Of(reader)).Owner;

    private static Signal SignalOf(string owner) =>
        new()
        {
            Owner = owner,
            Statement = new SignalStatement { Attribution = Attribution.Pseudonymous, Audience = new Audience() },
        };
}
