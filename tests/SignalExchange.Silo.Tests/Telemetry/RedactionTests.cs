using System.Buffers.Text;
using System.Security.Cryptography;
using SignalExchange.Silo.Telemetry;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>What looks like a secret is cut, and what somebody needs to read is not.</summary>
public sealed class RedactionTests
{
    private static readonly byte[] Token = SHA256.HashData("a token"u8);

    public static TheoryData<string> Forms =>
        [
            Convert.ToHexStringLower(Token),
            Convert.ToHexString(Token),
            Convert.ToHexStringLower(Token[..16]),
            Convert.ToBase64String(Token),
            Base64Url.EncodeToString(Token),
            BitConverter.ToString(Token),
            $"signalexchange.indicator/{Convert.ToHexStringLower(Token)}@S127.0.0.1:4000:1",
        ];

    [Theory]
    [MemberData(nameof(Forms))]
    public void A_token_is_cut_however_it_is_written(string form)
    {
        var cut = Redaction.Cut($"Request to [{form}] failed.");

        Assert.Empty(SecretForms.Of(Token).FoundIn(cut));
        Assert.StartsWith("Request to [", cut, StringComparison.Ordinal);
        Assert.EndsWith("] failed.", cut, StringComparison.Ordinal);
        Assert.True(Redaction.IsNeeded(form));
    }

    [Fact]
    public void A_token_keeps_as_many_digits_as_its_own_name_has() =>
        Assert.Equal(new Contracts.Token(Token).ToString(), Redaction.Cut(Convert.ToHexStringLower(Token)));

    [Fact]
    public void A_credential_is_cut_part_by_part()
    {
        using var member = new TestMember("platform-a");
        var jwt = member.Sign(TimeProvider.System.GetUtcNow());

        Assert.Equal("Bearer redacted.redacted.redacted", Redaction.Cut($"Bearer {jwt}"));
    }

    [Theory]
    [InlineData(
        "   at SignalExchange.Silo.Hosting.ExchangeHostBuilderExtensions.AddExchangeCore(IHostApplicationBuilder builder)"
    )]
    [InlineData("/signalexchange.v1.SignalService/CheckStream")]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1.AsyncStateMachineBox`1.MoveNext()")]
    [InlineData("Opened 10 keys in /var/lib/signalexchange-production/data/keys/voprf/voprf-2026.sxkf.")]
    [InlineData("exchange.example/log/silo-1+1b2d4c6e+ASh7wVtJq3mWZxYk2nRr5sTuVw8yZabcdEfGhIjKlMnO is its key")]
    [InlineData("Shard 17 committed 98 changes in 00:00:00.0031415.")]
    [InlineData("The key for EMAIL is now that of epoch 3; 2026-11-24T10:00:00.000Z")]
    public void What_somebody_needs_to_read_stays(string text)
    {
        Assert.Equal(text, Redaction.Cut(text));
        Assert.False(Redaction.IsNeeded(text));
    }
}
