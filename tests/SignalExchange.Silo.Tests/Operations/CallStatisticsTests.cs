using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Operations;

namespace SignalExchange.Silo.Tests.Operations;

/// <summary>What is counted of a call, by what its entry says.</summary>
public sealed class CallStatisticsTests
{
    private readonly CallStatistics _statistics = new(new FakeTimeProvider());

    [Fact]
    public void Each_kind_of_call_counts_what_it_is_about_for_all_and_for_its_member()
    {
        Count("SignalService/Check", asked: 1000, hits: 7);
        Count("SignalService/CheckStream", asked: 10, hits: 1);
        Count("SignalService/Submit", asked: 5, hits: 3, refused: 2);
        Count("SignalService/Withdraw", asked: 4, hits: 4);
        Count("KeyService/Evaluate", asked: 32, hits: 32);
        Count("TemplateService/MatchAds", asked: 100, hits: 6);
        Count("TemplateService/MatchAdsStream", asked: 20, hits: 2);
        Count("TemplateService/RegisterTemplates", asked: 3, hits: 2);
        Count("TemplateService/GrowTemplates", asked: 9, hits: 9);
        Count("TemplateService/GetTemplates", asked: 8, hits: 8);

        var (all, members) = _statistics.Take();

        var expected = new ExchangeActivity
        {
            Calls = 10,
            TokensChecked = 1010,
            Hits = 8,
            SignalsAccepted = 3,
            SignalsRefused = 2,
            SignalsWithdrawn = 4,
            Evaluations = 32,
            AdsChecked = 120,
            AdsKnown = 8,
            AdsRegistered = 11,
        };
        Assert.Equal(expected, all.Counts);
        var use = Assert.Single(members);
        Assert.Equal(("platform-a", 10UL, 1010UL, 120UL), (use.MemberId, use.Calls, use.TokensChecked, use.AdsChecked));
        Assert.Equal((8UL, 11UL, 32UL), (use.AdsKnown, use.AdsRegistered, use.Evaluations));
    }

    [Fact]
    public void A_call_that_failed_counts_as_refused_or_as_failed_and_for_nothing_else()
    {
        Count("TemplateService/MatchAds", asked: 100, status: StatusCode.PermissionDenied);
        Count(
            "SignalService/Check",
            asked: 100,
            status: StatusCode.Unavailable,
            reason: ErrorReason.StorageUnavailable
        );

        var (all, _) = _statistics.Take();

        Assert.Equal(
            new ExchangeActivity
            {
                Calls = 2,
                RefusedCalls = 1,
                FailedCalls = 1,
                StorageFailures = 1,
            },
            all.Counts
        );
    }

    [Fact]
    public void What_was_taken_is_not_counted_again()
    {
        Count("SignalService/Check", asked: 1);
        _statistics.Take();

        var (all, members) = _statistics.Take();

        Assert.Equal(new ExchangeActivity(), all.Counts);
        Assert.Empty(members);
    }

    private void Count(
        string method,
        uint asked = 0,
        uint hits = 0,
        uint refused = 0,
        StatusCode status = StatusCode.OK,
        ErrorReason reason = default
    ) =>
        _statistics.Count(
            new()
            {
                Method = $"/signalexchange.v1.{method}",
                Actor = new() { Kind = ActorKind.Backend, MemberId = "platform-a" },
                Asked = asked,
                Hits = hits,
                Refused = refused,
                StatusCode = (uint)status,
                Reason = reason,
            },
            TimeSpan.FromMilliseconds(1)
        );
}
