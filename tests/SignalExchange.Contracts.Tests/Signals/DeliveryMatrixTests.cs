using System.Collections.Frozen;
using Google.Protobuf;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Audiences;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Contracts.Tests.Signals;

/// <summary>Every legal envelope against every receiver and every law: delivered where the law allows it, and nowhere else.</summary>
public sealed class DeliveryMatrixTests
{
    private static readonly string[][] Named =
    [
        [],
        ["DE"],
        ["DE", "FR"],
        ["US"],
    ];
    private static readonly string[][] Receivers =
    [
        [],
        ["DE"],
        ["US"],
        ["DE", "US"],
    ];

    private static readonly WorldLaw Nothing = new("DE", default, default, default, AsksForPermit: false);

    private static IEnumerable<WorldLaw?> Laws =>
        [
            null,
            .. Enum.GetValues<LegalBasis>().Select(it => Nothing with { Basis = it }),
            .. Enum.GetValues<SharingPurpose>().Select(it => Nothing with { Purpose = it }),
            .. Enum.GetValues<RetentionClass>().Select(it => Nothing with { Retention = it }),
            Nothing with
            {
                AsksForPermit = true,
            },
            new("DE", LegalBasis.Authority, SharingPurpose.Investigation, RetentionClass.Case, AsksForPermit: true),
        ];

    private static IEnumerable<LegalEnvelope> Envelopes =>
        from basis in Enum.GetValues<LegalBasis>()
        from purpose in Enum.GetValues<SharingPurpose>()
        from retention in Enum.GetValues<RetentionClass>()
        from permit in new[] { ByteString.Empty, SubmissionId.NewId().ToByteString() }
        from countries in Named
        select new LegalEnvelope
        {
            Basis = basis,
            Purpose = purpose,
            Retention = retention,
            Permit = permit,
            Jurisdictions = { countries },
        };

    [Fact]
    public void Every_envelope_is_delivered_where_the_law_of_a_receivers_country_allows_it_and_nowhere_else()
    {
        var (cases, delivered) = (0, 0);
        foreach (var law in Laws)
        {
            foreach (var countries in Receivers)
            {
                var reader = new WorldMember("reader", ["ring"], countries, IsTest: false, HasWithdrawn: false);
                var caller = CallerOf(reader, law);
                foreach (var legal in Envelopes)
                {
                    var expected = new PlainModel(law is null ? [] : [law]).Sees(reader, SaidWith(legal));

                    Assert.Equal(expected, Visibility.CanSee(SignalWith(legal, "owner"), caller));
                    cases++;
                    delivered += expected ? 1 : 0;
                }
            }
        }

        Assert.Equal(17 * 4 * 6 * 4 * 4 * 2 * 4, cases);
        Assert.InRange(delivered, cases / 5, cases * 4 / 5);
    }

    [Theory]
    [InlineData(LegalBasis.Authority, true, true)]
    [InlineData(LegalBasis.Authority, false, false)]
    [InlineData(LegalBasis.LegitimateInterest, true, false)]
    [InlineData(LegalBasis.Unspecified, true, false)]
    public void A_law_that_asks_for_an_authoritys_order_takes_nothing_else(
        LegalBasis basis,
        bool hasPermit,
        bool isTold
    )
    {
        var law = Nothing with { Basis = LegalBasis.Authority, AsksForPermit = true };
        var legal = new LegalEnvelope { Basis = basis };
        legal.Permit = hasPermit ? SubmissionId.NewId().ToByteString() : ByteString.Empty;
        var reader = new WorldMember("reader", [], ["DE"], IsTest: false, HasWithdrawn: false);

        Assert.Equal(isTold, Delivery.IsLawful(legal, CallerOf(reader, law)));
    }

    [Fact]
    public void What_is_not_stated_at_all_is_judged_as_an_empty_envelope()
    {
        var reader = new WorldMember("reader", [], ["DE"], IsTest: false, HasWithdrawn: false);

        Assert.True(Delivery.IsLawful(null, CallerOf(reader, law: null)));
        Assert.False(Delivery.IsLawful(null, CallerOf(reader, Nothing with { AsksForPermit = true })));
        Assert.True(Delivery.IsLawful(null, Callers.Of("under-no-law")));
    }

    [Fact]
    public void Ones_own_signal_needs_no_law() =>
        Assert.True(
            Visibility.CanSee(
                SignalWith(new LegalEnvelope { Jurisdictions = { "US" } }, "reader"),
                CallerOf(new("reader", [], ["DE"], false, false), Nothing with { AsksForPermit = true })
            )
        );

    private static Caller CallerOf(WorldMember reader, WorldLaw? law) =>
        Callers.Of(reader.Name, reader.Sees) with
        {
            Jurisdictions = reader.Countries.ToFrozenSet(),
            DeliveryRules =
                law is not null && reader.Countries.Contains(law.Country)
                    ? new Dictionary<string, DeliveryRule> { [law.Country] = law.ToRule() }
                    : FrozenDictionary<string, DeliveryRule>.Empty,
        };

    private static Said SaidWith(LegalEnvelope legal) =>
        new(
            new WorldMember("owner", [], [], false, false),
            ShareLevel.Green,
            [],
            Attribution.Named,
            [.. legal.Jurisdictions],
            legal.Basis,
            legal.Purpose,
            legal.Retention,
            !legal.Permit.IsEmpty,
            IsDerived: false,
            IsWithdrawn: false,
            new(SignalStatus.Confirmed, Severity.Severe, Precision.High, PermittedAction.ReviewRequired),
            IsDisputed: false
        );

    private static Signal SignalWith(LegalEnvelope legal, string owner) =>
        new()
        {
            Owner = owner,
            Statement = new SignalStatement
            {
                Audience = new Audience { ShareLevel = ShareLevel.Green },
                Legal = legal,
            },
        };
}
