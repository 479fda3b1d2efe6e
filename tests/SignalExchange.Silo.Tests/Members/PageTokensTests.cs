using System.Globalization;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Members;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>A page has as many items as were asked for, or fewer where they are large, and all pages together have all of them.</summary>
public sealed class PageTokensTests
{
    [Fact]
    public void A_page_of_exactly_the_most_bytes_is_whole_and_one_of_a_byte_more_ends_before_its_last()
    {
        var (fits, exceeds) = (Two(PageTokens.MaxPageBytes), Two(PageTokens.MaxPageBytes + 1));

        var (whole, none) = Page(fits, 0, "");
        var (first, next) = Page(exceeds, 0, "");
        var (second, last) = Page(exceeds, 0, next);

        Assert.Equal(fits, whole);
        Assert.Equal("", none);
        Assert.Equal([exceeds[0]], first);
        Assert.Equal([exceeds[1]], second);
        Assert.Equal("", last);
    }

    [Fact]
    public void An_item_that_is_larger_than_a_page_has_one_for_itself()
    {
        Group[] groups = [GroupOf("a", PageTokens.MaxPageBytes + 1), GroupOf("b", 100)];

        var (first, next) = Page(groups, 0, "");

        Assert.Equal([groups[0]], first);
        Assert.Equal([groups[1]], Page(groups, 0, next).Page);
    }

    [Fact]
    public void The_count_that_was_asked_for_ends_a_page_of_small_items()
    {
        Group[] groups = [GroupOf("a", 100), GroupOf("b", 100), GroupOf("c", 100)];

        var (first, next) = Page(groups, 2, "");
        var (all, none) = Page(groups, 3, "");

        Assert.Equal(groups[..2], first);
        Assert.Equal([groups[2]], Page(groups, 2, next).Page);
        Assert.Equal(groups, all);
        Assert.Equal("", none);
    }

    [Fact]
    public void The_largest_groups_there_can_be_come_in_messages_that_a_client_takes()
    {
        var members = Enumerable
            .Range(0, 4_096)
            .Select(place => new GroupMember
            {
                MemberId = $"{place:d4}".PadRight(32, 'x'),
                CanSee = true,
                CanUse = true,
            });
        var largest = new Group { Epoch = ulong.MaxValue, Members = { members } };
        var groups = Enumerable.Range(0, 200).Select(place => Named(largest, place)).ToArray();

        var (seen, token) = (new List<Group>(), "");
        do
        {
            var (page, next) = Page(groups, 200, token);
            var message = new ListGroupsResponse { Groups = { page }, NextPageToken = next };
            Assert.InRange(message.CalculateSize(), 1, Limits.MaxMessageBytes);
            seen.AddRange(page);
            token = next;
        } while (token.Length > 0);

        Assert.Equal(groups.Select(it => it.GroupId), seen.Select(it => it.GroupId));
    }

    private static (IReadOnlyList<Group> Page, string Next) Page(Group[] groups, uint size, string token) =>
        PageTokens.Page(groups, group => group.GroupId, "groups", size, token);

    // Together so many bytes.
    private static Group[] Two(int bytes) => [GroupOf("a", bytes - 1_000), GroupOf("b", 1_000)];

    private static Group Named(Group group, int place) =>
        new(group) { GroupId = place.ToString("d4", CultureInfo.InvariantCulture) };

    // Of exactly so many bytes: what is not the id is padding, in members' names.
    private static Group GroupOf(string id, int bytes)
    {
        var group = new Group { GroupId = id };
        group.Members.Add(new GroupMember { MemberId = new string('x', bytes - 64) });
        group.Members.Add(new GroupMember());
        group.Members[1].MemberId = new string('x', bytes - group.CalculateSize() - 2);
        Assert.Equal(bytes, group.CalculateSize());
        return group;
    }
}
