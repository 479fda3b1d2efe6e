using System.Buffers.Binary;
using SignalExchange.Contracts;
using SignalExchange.Storage.Azure.Shards;

namespace SignalExchange.Storage.Azure.Tests.Shards;

public sealed class RowVersionsTests
{
    [Fact]
    public void Last_ones_are_remembered_and_old_ones_forgotten()
    {
        var versions = new RowVersions();
        for (var i = 0; i < 3 * RowVersions.Capacity; i++)
        {
            versions.Set(TokenOf(i), new(i, default));
        }

        Assert.False(versions.TryGet(TokenOf(0), out _));
        for (var i = 2 * RowVersions.Capacity; i < 3 * RowVersions.Capacity; i++)
        {
            Assert.True(versions.TryGet(TokenOf(i), out var version));
            Assert.Equal(i, version.Version);
        }
    }

    [Fact]
    public void Later_version_takes_the_place_of_an_earlier_one()
    {
        var versions = new RowVersions();
        versions.Set(TokenOf(1), new(1, new("a")));
        versions.Set(TokenOf(1), new(2, new("b")));

        Assert.True(versions.TryGet(TokenOf(1), out var version));
        Assert.Equal(new(2, new("b")), version);
    }

    private static Token TokenOf(int number)
    {
        var bytes = new byte[Token.Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return new(bytes);
    }
}
