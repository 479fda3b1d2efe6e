using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Evaluations;
using SignalExchange.KeyService.Keys;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Tests.Keys;

/// <summary>Two silos on one folder: either changes the keys, both know them.</summary>
public sealed class SharedKeyFolderTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();
    private readonly KeyStore _one;
    private readonly KeyStore _other;
    private readonly BatchWork _work;

    public SharedKeyFolderTests()
    {
        _folder.Options.IsShared = true;
        _one = _folder.Open();
        _other = _folder.Open();
        _work = new(Options.Create(_folder.Options));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void The_second_silo_finds_the_keys_that_the_first_has_made()
    {
        Assert.Equal(IndicatorTypes.All.Count, _one.Records.Count);
        Assert.Equal(_one.Records.Select(Secrets.Of), _other.Records.Select(Secrets.Of));
    }

    [Fact]
    public async Task Silos_that_start_at_once_on_an_empty_folder_have_the_same_keys()
    {
        using var empty = new TemporaryKeyFolder();
        empty.Options.IsShared = true;

        var stores = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(empty.Open)));

        var keys = stores.Select(store => string.Join('\n', store.Records.Select(Secrets.Of))).Distinct();
        Assert.Single(keys);
        Array.ForEach(stores, store => store.Dispose());
    }

    [Fact]
    public async Task A_rotation_whose_steps_are_taken_by_turns_is_followed_by_both()
    {
        var announced = await CustodyOf(_one).AnnounceAsync(IndicatorType.Email, Ct);
        var to = IdOf(announced);
        Assert.Equal(announced.KeyId, (await CustodyOf(_other).AnnounceAsync(IndicatorType.Email, Ct)).KeyId);

        Assert.Null(await CustodyOf(_other).BeginAsync(to, Ct));
        Assert.Equal([KeyState.Active, KeyState.Incoming], await States(_one));

        await CustodyOf(_one).CompleteAsync(to, Ct);
        await CustodyOf(_other).SwitchAsync(to, new byte[32], TimeSpan.FromDays(7), Ct);
        Assert.Equal([KeyState.Retiring, KeyState.Active], await States(_one));
        Assert.Null((await Evaluate(_one, to)).Refusal);
        Assert.Null((await Evaluate(_other, to)).Refusal);
    }

    [Fact]
    public async Task A_key_that_one_silo_destroys_is_gone_from_the_other()
    {
        var to = IdOf(await CustodyOf(_one).AnnounceAsync(IndicatorType.Email, Ct));
        var from = IdOf(
            (await CustodyOf(_one).ListAsync(Ct)).Single(key => key is { Type: IndicatorType.Email, Epoch: 1 })
        );
        await CustodyOf(_one).BeginAsync(to, Ct);
        await CustodyOf(_one).CompleteAsync(to, Ct);
        await CustodyOf(_one).SwitchAsync(to, new byte[32], TimeSpan.Zero, Ct);
        await CustodyOf(_other).ListAsync(Ct);
        var held = _other.Records.Single(record => record.KeyId == from).Key!;

        await CustodyOf(_one).DestroyAsync(from, Ct);
        await CustodyOf(_other).ListAsync(Ct);

        Assert.Equal(ErrorReason.KeyRetired, (await Evaluate(_other, from)).Refusal?.Reason);
        Assert.Throws<ObjectDisposedException>(() => held.Export(new byte[VoprfKey.SecretSize]));
    }

    [Fact]
    public async Task Changes_of_both_at_once_are_all_there()
    {
        await Task.WhenAll(
            from type in IndicatorTypes.All
            from store in new[] { _one, _other }
            select Task.Run(() => CustodyOf(store).AnnounceAsync(type, Ct))
        );

        foreach (var store in new[] { _one, _other })
        {
            var announced = (await CustodyOf(store).ListAsync(Ct)).Where(key => key.State == KeyState.Announced);
            Assert.Equal(IndicatorTypes.All, announced.Select(key => key.Type));
        }
    }

    [Fact]
    public async Task An_older_file_is_neither_followed_nor_built_on()
    {
        var older = await File.ReadAllBytesAsync(_folder.KeysPath, Ct);
        var announced = await CustodyOf(_one).AnnounceAsync(IndicatorType.Email, Ct);
        await CustodyOf(_other).ListAsync(Ct);
        await File.WriteAllBytesAsync(_folder.KeysPath, older, Ct);

        var refusal = await Assert.ThrowsAsync<KeyStoreException>(() =>
            CustodyOf(_other).AnnounceAsync(IndicatorType.Url, Ct)
        );

        Assert.Contains("is older than the keys that this silo knows", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(older, await File.ReadAllBytesAsync(_folder.KeysPath, Ct));
        Assert.Contains(_other.Records, record => record.ToString() == announced.KeyId);
    }

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
        _work.Dispose();
        _folder.Dispose();
    }

    private LocalKeyCustody CustodyOf(KeyStore store) =>
        new(store, _work, Options.Create(_folder.Options), _folder.Time, NullLogger<LocalKeyCustody>.Instance);

    private async Task<EvaluateOutcome> Evaluate(KeyStore store, KeyId keyId)
    {
        using var element = VoprfKey.Generate();
        return await new LocalKeyService(store, _work, _folder.Time).EvaluateAsync(keyId, element.PublicKey, Ct);
    }

    private async Task<IEnumerable<KeyState>> States(KeyStore store) =>
        (await CustodyOf(store).ListAsync(Ct)).Where(key => key.Type == IndicatorType.Email).Select(key => key.State);

    private static KeyId IdOf(KeyManifest manifest) =>
        KeyId.TryParse(manifest.KeyId, out var keyId) ? keyId : throw new InvalidOperationException();
}
