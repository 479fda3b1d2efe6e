namespace SignalExchange.Contracts.Tests;

public sealed class TemplateIdTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, TemplateId.Size).Select(i => (byte)i)];

    [Fact]
    public void An_id_is_what_was_read()
    {
        var id = TemplateId.Read(Bytes);

        Assert.Equal(Bytes, id.ToByteString().ToByteArray());
        Assert.Equal("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f", id.ToString());
        Assert.True(TemplateId.TryParse(id.ToString(), out var parsed));
        Assert.Equal(id, parsed);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0001")]
    [InlineData("zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")]
    [InlineData("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20")]
    public void Something_else_is_none(string? text)
    {
        Assert.False(TemplateId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void Another_length_is_a_broken_promise(int length) =>
        Assert.Throws<ArgumentException>(() => TemplateId.Read(new byte[length]));
}
