using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Taxonomy;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Evaluations;
using SignalExchange.KeyService.Keys;
using SignalExchange.KeyService.Tests.Keys;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Tests;

public sealed class LocalKeyServiceTests : IDisposable
{
    private readonly TemporaryKeyFolder _folder = new();
    private readonly KeyStore _store;
    private readonly BatchWork _work;
    private readonly LocalKeyService _service;

    public LocalKeyServiceTests()
    {
        _store = _folder.Open();
        _work = new BatchWork(Options.Create(_folder.Options));
        _service = new LocalKeyService(_store, _work, _folder.Time);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private KeyRecord Phone => _store.Records[0];

    [Fact]
    public async Task A_manifest_commits_to_each_key_in_force()
    {
        var manifests = await _service.GetManifestsAsync(Cancelled);

        Assert.Equal(IndicatorTypes.All, manifests.Select(manifest => manifest.Type));
        var phone = manifests[0];
        Assert.True(KeyId.TryParse(phone.KeyId, out var keyId));
        Assert.Equal(Phone.Commitment, new KeyCommitment(keyId, phone.PublicKey.Memory));
        Assert.Equal((IndicatorType.PhoneE164, 1u), (phone.Type, phone.Epoch));
        Assert.Equal((KeyState.Active, "canon-1"), (phone.State, phone.CanonicalVersion));
        Assert.Equal(_folder.Time.GetUtcNow(), phone.NotBefore.ToDateTimeOffset());
        Assert.Equal(TimeSpan.FromDays(90), phone.NotAfter.ToDateTimeOffset() - phone.NotBefore.ToDateTimeOffset());
    }

    [Fact]
    public async Task Who_changes_a_manifest_changes_his_own()
    {
        (await _service.GetManifestsAsync(Cancelled))[0].Epoch = 99;
        Assert.Equal(1u, (await _service.GetManifestsAsync(Cancelled))[0].Epoch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    public async Task Each_element_is_multiplied_by_the_key_that_was_named(int count)
    {
        var batch = Elements(count);
        var (expected, proof) = (new byte[batch.Length], new byte[VoprfKey.ProofSize]);
        Phone.Key!.Evaluate(batch, expected, proof);

        var outcome = await _service.EvaluateAsync(Phone.KeyId, batch, Cancelled);

        Assert.True(outcome.IsEvaluated);
        Assert.Null(outcome.Refusal);
        Assert.Equal(expected, outcome.Evaluation.EvaluatedElements.ToArray());
        Assert.Equal(VoprfKey.ProofSize, outcome.Evaluation.Proof.Length);
    }

    [Theory]
    [InlineData(0, ErrorReason.BatchEmpty, null, null)]
    [InlineData(31, ErrorReason.FieldMalformed, 32L, 31L)]
    [InlineData(33, ErrorReason.FieldMalformed, 32L, 33L)]
    [InlineData(257 * 32, ErrorReason.TooMany, 256L, 257L)]
    public async Task A_batch_of_a_wrong_length_is_refused(int length, ErrorReason reason, long? limit, long? actual)
    {
        var outcome = await _service.EvaluateAsync(Phone.KeyId, new byte[length], Cancelled);
        Assert.Equal(new Refusal(reason, "blinded_elements", limit, actual), outcome.Refusal);
        Assert.Null(outcome.Evaluation);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(200)]
    [InlineData(255)]
    public async Task A_bad_element_fails_the_batch_and_its_place_is_told(int place)
    {
        var batch = Elements(256);
        batch.AsSpan(place * 32, 32).Clear();
        var outcome = await _service.EvaluateAsync(Phone.KeyId, batch, Cancelled);
        Assert.Equal(new Refusal(ErrorReason.ElementInvalid, "blinded_elements", Actual: place), outcome.Refusal);
        Assert.False(outcome.IsEvaluated);
    }

    [Fact]
    public async Task A_key_that_was_never_held_is_unknown()
    {
        KeyId[] foreign =
        [
            Phone.KeyId with
            {
                Fingerprint = Phone.KeyId.Fingerprint + 1,
            },
            Phone.KeyId with
            {
                Epoch = 2,
            },
            Phone.KeyId with
            {
                Type = IndicatorType.Email,
            },
        ];
        foreach (var keyId in foreign)
        {
            var outcome = await _service.EvaluateAsync(keyId, Elements(1), Cancelled);
            Assert.Equal(new Refusal(ErrorReason.KeyUnknown, "key_id"), outcome.Refusal);
        }
    }

    [Fact]
    public async Task A_key_past_its_planned_end_stays_in_force()
    {
        _folder.Time.Advance(TimeSpan.FromDays(1000));
        Assert.All(
            await _service.GetManifestsAsync(Cancelled),
            manifest => Assert.Equal(KeyState.Active, manifest.State)
        );
        Assert.True((await _service.EvaluateAsync(Phone.KeyId, Elements(1), Cancelled)).IsEvaluated);
    }

    [Fact]
    public async Task Beyond_the_queue_batches_are_refused_and_the_others_are_all_evaluated()
    {
        _folder.Options.MaxConcurrentBatches = 1;
        _folder.Options.MaxQueuedBatches = 2;
        using var work = new BatchWork(Options.Create(_folder.Options));
        var service = new LocalKeyService(_store, work, _folder.Time);
        var batch = Elements(256);

        var outcomes = await Task.WhenAll(
            Enumerable.Range(0, 30).Select(_ => service.EvaluateAsync(Phone.KeyId, batch, Cancelled))
        );

        // All thirty come within a fraction of the time that one batch takes.
        Assert.InRange(outcomes.Count(outcome => outcome.IsEvaluated), 3, 29);
        Assert.All(
            outcomes.Where(outcome => !outcome.IsEvaluated),
            outcome => Assert.Equal(new Refusal(ErrorReason.EvaluateQueueFull, Limit: 2), outcome.Refusal)
        );
    }

    [Fact]
    public async Task Who_is_cancelled_gets_no_answer_and_leaves_no_place_taken()
    {
        _folder.Options.MaxConcurrentBatches = 1;
        _folder.Options.MaxQueuedBatches = 0;
        using var work = new BatchWork(Options.Create(_folder.Options));
        var service = new LocalKeyService(_store, work, _folder.Time);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            service.EvaluateAsync(Phone.KeyId, Elements(1), new CancellationToken(canceled: true))
        );
        Assert.True((await service.EvaluateAsync(Phone.KeyId, Elements(1), Cancelled)).IsEvaluated);
    }

    public void Dispose()
    {
        _work.Dispose();
        _store.Dispose();
        _folder.Dispose();
    }

    private static byte[] Elements(int count)
    {
        // Public keys are elements as good as any.
        var elements = new byte[count * 32];
        for (var i = 0; i < count; i++)
        {
            using var key = VoprfKey.Generate();
            key.PublicKey.Span.CopyTo(elements.AsSpan(i * 32));
        }

        return elements;
    }
}
