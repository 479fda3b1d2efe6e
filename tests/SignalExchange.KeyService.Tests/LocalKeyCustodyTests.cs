using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Evaluations;
using SignalExchange.KeyService.Keys;
using SignalExchange.KeyService.Tests.Keys;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Rotation;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Tests;

/// <summary>A key's life, step by step; each step twice, and over a restart.</summary>
public sealed class LocalKeyCustodyTests : IDisposable
{
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    private readonly TemporaryKeyFolder _folder = new();
    private readonly byte[] _root = RandomNumberGenerator.GetBytes(32);
    private readonly BatchWork _work;
    private KeyStore _store;

    public LocalKeyCustodyTests() => (_store, _work) = (_folder.Open(), new(Options.Create(_folder.Options)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LocalKeyCustody Custody =>
        new(_store, _work, Options.Create(_folder.Options), _folder.Time, NullLogger<LocalKeyCustody>.Instance);

    private LocalKeyService Service => new(_store, _work, _folder.Time);

    [Fact]
    public async Task From_announced_to_destroyed_every_step_holds_over_a_restart_and_may_be_repeated()
    {
        var next = await Twice(() => Custody.AnnounceAsync(IndicatorType.PhoneE164, Ct));
        var (from, to) = (await Id(1), IdOf(next));
        Assert.Equal([KeyState.Active, KeyState.Announced], await States());
        Assert.Equal([null, ErrorReason.KeyUnknown], await Refusals());

        Assert.Null(await Twice(() => Custody.BeginAsync(to, Ct)));
        Assert.Equal([KeyState.Active, KeyState.Incoming], await States());
        Assert.Equal([null, ErrorReason.KeyUnknown], await Refusals());

        await Twice(() => Custody.CompleteAsync(to, Ct));
        Assert.Equal([KeyState.Active, KeyState.Ready], await States());
        Assert.Equal([null, null], await Refusals());

        _folder.Time.Advance(TimeSpan.FromHours(1));
        await Twice(() => Custody.SwitchAsync(to, _root, Overlap, Ct));
        Assert.Equal([KeyState.Retiring, KeyState.Active], await States());
        Assert.Equal([null, null], await Refusals());
        var manifest = (await Custody.ListAsync(Ct)).Single(key => key.KeyId == next.KeyId);
        Assert.Equal(
            (from.ToString(), _folder.Time.GetUtcNow()),
            (manifest.PrevKeyId, manifest.NotBefore.ToDateTimeOffset())
        );
        Assert.Equal(_root, manifest.RotationRoot.ToByteArray());
        Assert.Equal(_folder.Time.GetUtcNow().AddDays(90), manifest.NotAfter.ToDateTimeOffset());

        _folder.Time.Advance(Overlap - TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Custody.DestroyAsync(from, Ct));
        _folder.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal([KeyState.Retired, KeyState.Active], await States());
        Assert.Equal([ErrorReason.KeyRetired, null], await Refusals());

        var secret = Secrets.Of(_store.Records[0]);
        await Twice(() => Custody.DestroyAsync(from, Ct));
        Assert.Equal([KeyState.Destroyed, KeyState.Active], await States());
        Assert.Equal([ErrorReason.KeyRetired, null], await Refusals());
        Assert.DoesNotContain(secret, await Plaintext(), StringComparison.Ordinal);
        Assert.Equal(
            2u,
            (await Service.GetManifestsAsync(Ct)).Single(key => key.Type == IndicatorType.PhoneE164).Epoch
        );
    }

    [Fact]
    public async Task Only_an_announced_key_is_rotated_to_and_one_at_a_time()
    {
        var from = await Id(1);
        Assert.Equal(
            ErrorReason.KeyNotAnnounced,
            (await Custody.BeginAsync((await Id(1)) with { Epoch = 7 }, Ct))?.Reason
        );
        Assert.Equal(ErrorReason.KeyNotAnnounced, (await Custody.BeginAsync(from, Ct))?.Reason);

        var second = IdOf(await Custody.AnnounceAsync(IndicatorType.PhoneE164, Ct));
        await Custody.BeginAsync(second, Ct);
        var third = IdOf(await Custody.AnnounceAsync(IndicatorType.PhoneE164, Ct));
        Assert.Equal(3u, third.Epoch);
        Assert.Equal(ErrorReason.RotationRunning, (await Custody.BeginAsync(third, Ct))?.Reason);
        await Custody.CompleteAsync(second, Ct);
        Assert.Equal(ErrorReason.RotationRunning, (await Custody.BeginAsync(third, Ct))?.Reason);
        await Custody.SwitchAsync(second, _root, Overlap, Ct);
        Assert.Equal(ErrorReason.RotationRunning, (await Custody.BeginAsync(third, Ct))?.Reason);

        // An emergency: the overlap ends now.
        await Twice(() => Custody.EndOverlapAsync(from, Ct));
        await Custody.DestroyAsync(from, Ct);
        Assert.Null(await Custody.BeginAsync(third, Ct));
        Assert.Equal([KeyState.Destroyed, KeyState.Active, KeyState.Incoming], await States());
    }

    [Fact]
    public async Task Steps_out_of_order_are_broken_promises_and_change_nothing()
    {
        var (from, to) = (await Id(1), IdOf(await Custody.AnnounceAsync(IndicatorType.PhoneE164, Ct)));
        var before = await File.ReadAllBytesAsync(_folder.KeysPath, Ct);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Custody.CompleteAsync(to, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Custody.SwitchAsync(to, _root, Overlap, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Custody.EndOverlapAsync(from, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Custody.DestroyAsync(to, Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Custody.DestroyAsync(from, Ct));

        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.KeysPath, Ct));
    }

    [Fact]
    public async Task Elements_go_from_one_key_to_its_neighbour_and_back_while_the_two_overlap_and_no_longer()
    {
        var (from, to) = (await Id(1), IdOf(await Custody.AnnounceAsync(IndicatorType.PhoneE164, Ct)));
        var email = await Id(1, IndicatorType.Email);
        await AssertReKeys(from, to, isAllowed: false);
        await Custody.BeginAsync(to, Ct);
        await AssertReKeys(from, to, isAllowed: true);
        await AssertReKeys(from, email, isAllowed: false);
        await Custody.CompleteAsync(to, Ct);
        await AssertReKeys(from, to, isAllowed: true);
        await Custody.SwitchAsync(to, _root, Overlap, Ct);
        await AssertReKeys(from, to, isAllowed: true);
        await Custody.EndOverlapAsync(from, Ct);
        await Custody.DestroyAsync(from, Ct);
        await AssertReKeys(from, to, isAllowed: false);
    }

    [Theory]
    [InlineData(0, ErrorReason.BatchEmpty)]
    [InlineData(33, ErrorReason.FieldMalformed)]
    [InlineData(257 * 32, ErrorReason.TooMany)]
    [InlineData(32, ErrorReason.ElementInvalid)]
    public async Task A_bad_batch_is_refused_whole(int length, ErrorReason reason)
    {
        var (from, to) = (await Id(1), IdOf(await Custody.AnnounceAsync(IndicatorType.PhoneE164, Ct)));
        await Custody.BeginAsync(to, Ct);

        Assert.Equal(reason, (await Custody.ReKeyAsync(from, to, new byte[length], Ct)).Refusal?.Reason);
    }

    public void Dispose()
    {
        _work.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private static KeyId IdOf(KeyManifest manifest) =>
        KeyId.TryParse(manifest.KeyId, out var keyId) ? keyId : throw new InvalidOperationException();

    private async Task AssertReKeys(KeyId from, KeyId to, bool isAllowed)
    {
        foreach (var (one, other) in new[] { (from, to), (to, from) })
        {
            using var key = VoprfKey.Generate();
            using var blinded = BlindedElements.Blind([key.PublicKey]);
            var outcome = await Custody.ReKeyAsync(one, other, blinded.Packed, Ct);
            Assert.Equal(isAllowed ? null : ErrorReason.KeyUnknown, outcome.Refusal?.Reason);
            if (isAllowed)
            {
                blinded.Unblind(await Commitment(one), await Commitment(other), outcome.Evaluation!, out var batch);
                Assert.Equal(1, batch.Rows);
            }
        }
    }

    private async Task<KeyCommitment> Commitment(KeyId keyId) =>
        new(keyId, (await Custody.ListAsync(Ct)).Single(key => key.KeyId == keyId.ToString()).PublicKey.Memory);

    /// <summary>Takes a step, restarts, and takes it again: the second time changes nothing on the disk.</summary>
    private async Task<T> Twice<T>(Func<Task<T>> step)
    {
        await step();
        var before = await File.ReadAllBytesAsync(_folder.KeysPath, Ct);
        _store.Dispose();
        _store = _folder.Open();
        var again = await step();
        Assert.Equal(before, await File.ReadAllBytesAsync(_folder.KeysPath, Ct));
        return again;
    }

    private async Task Twice(Func<Task> step) =>
        await Twice(async () =>
        {
            await step();
            return 0;
        });

    private async Task<KeyId> Id(uint epoch, IndicatorType type = IndicatorType.PhoneE164) =>
        IdOf((await Custody.ListAsync(Ct)).Single(key => key.Type == type && key.Epoch == epoch));

    private async Task<IEnumerable<KeyState>> States() =>
        (await Custody.ListAsync(Ct)).Where(key => key.Type == IndicatorType.PhoneE164).Select(key => key.State);

    private async Task<ErrorReason?[]> Refusals()
    {
        var keys = (await Custody.ListAsync(Ct)).Where(key => key.Type == IndicatorType.PhoneE164).Select(IdOf);
        using var element = VoprfKey.Generate();
        var outcomes = await Task.WhenAll(keys.Select(key => Service.EvaluateAsync(key, element.PublicKey, Ct)));
        return [.. outcomes.Select(outcome => outcome.Refusal?.Reason)];
    }

    private async Task<string> Plaintext() =>
        Convert.ToHexStringLower(
            KeyRecordCodec.Encode(KeyFile.Open(_store.Master, await File.ReadAllBytesAsync(_folder.KeysPath, Ct)))
        );
}
