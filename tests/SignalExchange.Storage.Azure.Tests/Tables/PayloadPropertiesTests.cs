using Azure.Data.Tables;
using CsCheck;
using SignalExchange.Storage.Azure.Tables;

namespace SignalExchange.Storage.Azure.Tests.Tables;

public sealed class PayloadPropertiesTests
{
    private const int PropertyBytes = 64 * 1024;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(PropertyBytes - 1, PropertyBytes - 1)]
    [InlineData(PropertyBytes, PropertyBytes)]
    [InlineData(PropertyBytes + 1, PropertyBytes, 1)]
    [InlineData(3 * PropertyBytes, PropertyBytes, PropertyBytes, PropertyBytes)]
    public void Bytes_are_cut_into_properties_of_64_KiB(int bytes, params int[] lengths)
    {
        var entity = new TableEntity("p", "r");
        PayloadProperties.Add(entity, new byte[bytes]);

        int[] expected = lengths is [] && bytes > 0 ? [bytes] : lengths;
        string[] names = ["Data", "Data1", "Data2"];
        Assert.Equal(expected, names.Where(entity.ContainsKey).Select(name => entity.GetBinary(name).Length));
        Assert.Equal(expected.Length > 0, PayloadProperties.IsIn(entity));
    }

    [Fact]
    public void Fifteen_properties_are_the_most_and_leave_room_in_an_entity_of_1_MiB()
    {
        var entity = new TableEntity("p", "r");
        PayloadProperties.Add(entity, new byte[PayloadProperties.MaxBytes]);

        Assert.Equal(PropertyBytes, entity.GetBinary("Data14").Length);
        Assert.InRange(SizeInService(entity), 0, 1024 * 1024 - 60 * 1024);
        var exception = Assert.Throws<ArgumentException>(() =>
            PayloadProperties.Add(new("p", "r"), new byte[PayloadProperties.MaxBytes + 1])
        );
        Assert.Contains("983040 bytes, got 983041", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_read_is_what_was_added() =>
        Gen
            .Byte.Array[0, 3 * PropertyBytes]
            .Sample(
                bytes =>
                {
                    var entity = new TableEntity("p", "r");
                    PayloadProperties.Add(entity, bytes);
                    Assert.Equal(bytes, PayloadProperties.Read(entity).ToArray());
                },
                iter: 20
            );

    // 4 + (keys + names) * 2 + 8 and the value's bytes and 4 more a property: how the service counts an entity.
    private static int SizeInService(TableEntity entity) =>
        4
        + (entity.PartitionKey.Length + entity.RowKey.Length) * 2
        + entity
            .Where(property => property.Value is byte[])
            .Sum(property => 8 + property.Key.Length * 2 + 4 + ((byte[])property.Value).Length);
}
