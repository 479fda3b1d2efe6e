using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Tests;

public sealed class KeyIdTests
{
    public static TheoryData<IndicatorType> Types => [.. IndicatorTypes.All];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_key_id_reads_back_as_it_was_written(IndicatorType type)
    {
        var keyId = new KeyId(type, 7, 0x0F3C_5A7B_9D1E_2F40);

        Assert.True(KeyId.TryParse(keyId.ToString(), out var read));
        Assert.Equal(keyId, read);
        Assert.EndsWith("/7/0f3c5a7b9d1e2f40", keyId.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("phone-e164/1")]
    [InlineData("phone-e164/0/0f3c5a7b9d1e2f40")]
    [InlineData("phone-e164/01/0f3c5a7b9d1e2f40")]
    [InlineData("phone-e164/1/0F3C5A7B9D1E2F40")]
    [InlineData("phone-e164/1/0f3c5a7b9d1e2f4")]
    [InlineData("phone-e164/1/0f3c5a7b9d1e2f40/")]
    [InlineData("phone/1/0f3c5a7b9d1e2f40")]
    [InlineData(" phone-e164/1/0f3c5a7b9d1e2f40")]
    public void There_is_one_way_to_write_a_key_id(string? text) => Assert.False(KeyId.TryParse(text, out _));

    [Fact]
    public void A_text_of_any_length_is_read_or_refused() =>
        Assert.False(KeyId.TryParse($"phone-e164/{new string('0', 10_000_000)}1/0f3c5a7b9d1e2f40", out _));

    [Fact]
    public void Reading_allocates_nothing()
    {
        const string Text = "phone-e164/7/0f3c5a7b9d1e2f40";
        Assert.True(KeyId.TryParse(Text, out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        _ = KeyId.TryParse(Text, out _);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Every_indicator_type_of_the_contract_has_a_slug_and_a_cap()
    {
        var types = Enum.GetValues<IndicatorType>().Where(type => type != IndicatorType.Unspecified);

        Assert.All(types, type => Assert.True(IndicatorTypes.TryParse(IndicatorTypes.Slug(type), out _)));
        Assert.All(types, type => Assert.InRange(IndicatorTypes.ExpiryCap(type).TotalDays, 7, 365));
    }
}
