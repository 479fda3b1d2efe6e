using SignalExchange.Index.Templates;

namespace SignalExchange.Index.Tests.Templates;

public sealed class AdSharesTests
{
    private const long Monday = 739_000;
    private const ulong A = 1;
    private const ulong B = 2;
    private const ulong C = 3;

    private readonly AdShares _shares = new(days: 7);

    [Fact]
    public void Ads_of_members_of_like_size_all_count()
    {
        Add(A, 100);
        Add(B, 60);
        Add(C, 80);

        Assert.Equal((240, 240, 100), (_shares.Counted, _shares.Total, _shares.Of(A)));
    }

    [Fact]
    public void Of_one_members_flood_twice_as_many_count_as_of_all_others()
    {
        Add(A, 100_000);
        Add(B, 60);
        Add(C, 40);

        Assert.Equal((300, 100_100), (_shares.Counted, _shares.Total));
    }

    [Fact]
    public void A_week_later_nothing_counts_and_a_clock_that_is_set_back_forgets_nothing()
    {
        Add(A, 10);
        Add(B, 10, Monday - 2);
        Assert.Equal(20, _shares.Counted);
        Add(B, 5, Monday + 3);

        _shares.MoveTo(Monday + 7);
        Assert.Equal((5, 0, 5), (_shares.Total, _shares.Of(A), _shares.Of(B)));
        _shares.MoveTo(Monday + 365);
        Assert.Equal((0, 0), (_shares.Total, _shares.Counted));
    }

    private void Add(ulong member, int ads, long day = Monday)
    {
        for (var i = 0; i < ads; i++)
        {
            _shares.Add(member, day);
        }
    }
}
