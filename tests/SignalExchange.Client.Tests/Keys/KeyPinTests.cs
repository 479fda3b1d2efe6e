using Google.Protobuf;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Keys;
using SignalExchange.Client.Tests.Server;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.Client.Tests.Keys;

/// <summary>One key for everybody: another one for the same type and epoch is an alarm, not a rotation.</summary>
public sealed class KeyPinTests : IAsyncLifetime
{
    private TestExchange? _exchange;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TestExchange Exchange => _exchange!;

    public async ValueTask InitializeAsync() => _exchange = await TestExchange.StartAsync();

    public ValueTask DisposeAsync() => Exchange.DisposeAsync();

    [Fact]
    public async Task Another_key_for_the_same_epoch_is_an_alarm()
    {
        var log = new CollectingLoggers();
        var client = Exchange.Join("platform-a", options => options.Loggers = log);
        await MakeToken(client);
        Exchange.Keys.Install(IndicatorType.Email, epoch: 1); // the old one is retired, so the client asks again

        var alarm = await Assert.ThrowsAsync<KeyPinMismatchException>(() => MakeToken(client, 2));

        Assert.Equal(
            "The exchange shows another public key for Email, epoch 1, than the one that is pinned. "
                + "No token is made under it. Tell its operators.",
            alarm.Message
        );
        Assert.Contains(
            log.Messages,
            message => message.StartsWith("Critical: The exchange shows another", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Pins_that_outlive_the_client_notice_it_too()
    {
        var pins = new MemoryKeyManifestPins();
        await MakeToken(Exchange.Join("platform-a", options => options.Pins = pins));
        Exchange.Keys.Install(IndicatorType.Email, epoch: 1);

        var restarted = Exchange.Join("platform-a", options => options.Pins = pins);

        await Assert.ThrowsAsync<KeyPinMismatchException>(() => MakeToken(restarted));
    }

    [Fact]
    public async Task A_key_pinned_by_hand_is_held_to_from_the_first_time_on()
    {
        using var expected = VoprfKey.Generate();
        var client = Exchange.Join(
            "platform-a",
            options => options.PinnedKeys = [KeyCommitment.To(IndicatorType.Email, 1, expected.PublicKey)]
        );

        var alarm = await Assert.ThrowsAsync<KeyPinMismatchException>(() => MakeToken(client));

        Assert.Contains("pinned in the options", alarm.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_that_is_pinned_by_hand_is_taken()
    {
        var client = Exchange.Join(
            "platform-a",
            options => options.PinnedKeys = [Exchange.Keys.Active(IndicatorType.Email)]
        );

        Assert.NotNull(await MakeToken(client));
    }

    [Fact]
    public async Task A_manifest_does_not_slip_past_its_pin_by_calling_itself_another_epoch()
    {
        var client = Exchange.Join("platform-a");
        await MakeToken(client);
        Exchange.Keys.Install(IndicatorType.Email, epoch: 1);
        Exchange.Keys.Show = manifest =>
        {
            manifest.Epoch = 2;
            return manifest;
        };

        var refused = await Assert.ThrowsAsync<SignalExchangeException>(() => MakeToken(client, 2));

        Assert.Contains("has a key id of something else", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_whose_key_is_not_the_one_of_its_id_is_refused()
    {
        using var other = VoprfKey.Generate();
        Exchange.Keys.Show = manifest =>
        {
            manifest.PublicKey = ByteString.CopyFrom(other.PublicKey.Span);
            return manifest;
        };

        await Assert.ThrowsAsync<SignalExchangeException>(() => MakeToken(Exchange.Join("platform-a")));
    }

    [Fact]
    public async Task Types_that_this_version_does_not_know_are_passed_over()
    {
        Exchange.Keys.Show = manifest =>
        {
            if (manifest.Type == IndicatorType.Iban)
            {
                (manifest.Type, manifest.KeyId) = ((IndicatorType)99, "new-type/1/0000000000000000");
            }

            return manifest;
        };
        var client = Exchange.Join("platform-a");

        Assert.NotNull(await MakeToken(client));
        var missing = await Assert.ThrowsAsync<SignalExchangeException>(() =>
            client.MakeTokensAsync([Identifier.Iban("GB29 NWBK 6016 1331 9268 19").GetOrThrow()], Ct)
        );
        Assert.Contains("no active key for Iban", missing.Message, StringComparison.Ordinal);
    }

    private static async Task<EvaluatedIdentifier> MakeToken(SignalExchangeClient client, int number = 1) =>
        (await client.MakeTokensAsync([Samples.Email(number)], Ct))[0];
}
