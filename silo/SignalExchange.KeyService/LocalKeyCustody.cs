using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService.Evaluations;
using SignalExchange.KeyService.Keys;
using SignalExchange.Tokens;
using SignalExchange.Tokens.Canonical;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService;

/// <summary>The custody within the exchange: keys in a folder of this process, or one that all silos share and change one at a time.</summary>
/// <remarks>Safe from any thread.</remarks>
internal sealed class LocalKeyCustody(
    KeyStore store,
    BatchWork work,
    IOptions<KeyServiceOptions> options,
    TimeProvider time,
    ILogger<LocalKeyCustody> logger
) : IKeyCustody
{
    private const string ToField = "to_key_id";

    private DateTimeOffset Now => time.GetUtcNow();

    /// <inheritdoc/>
    public Task<IReadOnlyList<KeyManifest>> ListAsync(CancellationToken cancellationToken)
    {
        store.Follow();
        return Task.FromResult<IReadOnlyList<KeyManifest>>([.. store.Records.Select(record => record.ToManifest(Now))]);
    }

    /// <inheritdoc/>
    public Task<KeyManifest> AnnounceAsync(IndicatorType type, CancellationToken cancellationToken)
    {
        store.Change(records =>
            OfType(records, type).Any(record => record.Term.State == KeyState.Announced)
                ? records
                : [.. records, NewKey(records, type)]
        );
        var announced = OfType(store.Records, type).Single(record => record.Term.State == KeyState.Announced);
        KeyServiceLog.Announced(logger, announced.KeyId);
        return Task.FromResult(announced.ToManifest(Now));
    }

    /// <inheritdoc/>
    public Task<Refusal?> BeginAsync(KeyId to, CancellationToken cancellationToken)
    {
        Refusal? refusal = null;
        store.Change(records =>
        {
            refusal = RefuseBegin(records, to);
            return refusal is null && Find(records, to).Term.State == KeyState.Announced
                ? Replace(records, to, term => Follow(term, records, to))
                : records;
        });
        return Task.FromResult(refusal);
    }

    /// <inheritdoc/>
    public Task CompleteAsync(KeyId to, CancellationToken cancellationToken)
    {
        store.Change(records =>
            Require(records, to, KeyState.Incoming, KeyState.Ready).Term.State == KeyState.Ready
                ? records
                : Replace(records, to, term => term.To(KeyState.Ready, Now))
        );
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task SwitchAsync(KeyId to, ReadOnlyMemory<byte> root, TimeSpan overlap, CancellationToken cancellationToken)
    {
        store.Change(records =>
        {
            var record = Require(records, to, KeyState.Ready, KeyState.Active);
            if (record.Term.State == KeyState.Active)
            {
                return records;
            }

            var changed = Replace(records, to, term => PutInForce(term, root));
            return record.Term.Previous is { } previous
                ? Replace(changed, previous, term => Retire(term, overlap))
                : changed;
        });
        KeyServiceLog.Switched(logger, to, overlap);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task EndOverlapAsync(KeyId retiring, CancellationToken cancellationToken)
    {
        store.Change(records =>
        {
            var record = Require(records, retiring, KeyState.Retiring, KeyState.Destroyed);
            return record.Term.StateAt(Now) == KeyState.Retiring
                ? Replace(records, retiring, term => term with { ChecksUntil = KeyTerm.WholeSecond(Now) })
                : records;
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task DestroyAsync(KeyId retired, CancellationToken cancellationToken)
    {
        VoprfKey? destroyed = null;
        store.Change(records =>
        {
            var record = Require(records, retired, KeyState.Retiring, KeyState.Destroyed);
            if (record.Term.State == KeyState.Destroyed)
            {
                return records;
            }

            if (record.Term.StateAt(Now) != KeyState.Retired)
            {
                throw new InvalidOperationException($"Key {retired} still serves checks.");
            }

            destroyed = record.Key;
            return
            [
                .. records.Select(it => it.KeyId == retired ? it.WithoutKey(it.Term.To(KeyState.Destroyed, Now)) : it),
            ];
        });
        destroyed?.Dispose();
        KeyServiceLog.Destroyed(logger, retired);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<EvaluateOutcome> ReKeyAsync(
        KeyId from,
        KeyId to,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    )
    {
        if (BatchWork.RefuseLength(blindedElements.Length) is { } badLength)
        {
            return EvaluateOutcome.Refused(badLength);
        }

        store.Follow();
        var records = store.Records;
        var (old, next) = (
            records.FirstOrDefault(it => it.KeyId == from),
            records.FirstOrDefault(it => it.KeyId == to)
        );
        if (old?.Key is not { } oldKey || next?.Key is not { } newKey || !AreNeighbours(old, next))
        {
            return EvaluateOutcome.Refused(new(ErrorReason.KeyUnknown, ToField));
        }

        return await work.RunAsync(blindedElements, ReKey, cancellationToken);

        bool ReKey(ReadOnlySpan<byte> elements, Span<byte> answers, Span<byte> proof, out int invalidElement) =>
            oldKey.TryReKey(newKey, elements, answers, proof, out invalidElement);
    }

    private static IEnumerable<KeyRecord> OfType(IEnumerable<KeyRecord> records, IndicatorType type) =>
        records.Where(record => record.KeyId.Type == type);

    private static KeyRecord Find(IEnumerable<KeyRecord> records, KeyId keyId) =>
        records.Single(record => record.KeyId == keyId);

    private static IReadOnlyList<KeyRecord> Replace(
        IReadOnlyList<KeyRecord> records,
        KeyId keyId,
        Func<KeyTerm, KeyTerm> change
    ) => [.. records.Select(record => record.KeyId == keyId ? record.With(change(record.Term)) : record)];

    private static KeyRecord Require(IReadOnlyList<KeyRecord> records, KeyId keyId, KeyState before, KeyState after) =>
        records.FirstOrDefault(record => record.KeyId == keyId) is { } record
        && (record.Term.State == before || record.Term.State == after)
            ? record
            : throw new InvalidOperationException($"Key {keyId} is not {before}.");

    private static Refusal? RefuseBegin(IReadOnlyList<KeyRecord> records, KeyId to)
    {
        if (records.FirstOrDefault(record => record.KeyId == to)?.Term is not { } term)
        {
            return new Refusal(ErrorReason.KeyNotAnnounced, ToField);
        }

        var isOtherUnderWay = OfType(records, to.Type)
            .Any(record =>
                record.KeyId != to && record.Term.State is KeyState.Incoming or KeyState.Ready or KeyState.Retiring
            );
        return term.State switch
        {
            KeyState.Incoming or KeyState.Ready => null,
            KeyState.Announced => isOtherUnderWay ? new Refusal(ErrorReason.RotationRunning, ToField) : null,
            _ => new Refusal(ErrorReason.KeyNotAnnounced, ToField),
        };
    }

    private KeyRecord NewKey(IReadOnlyList<KeyRecord> records, IndicatorType type)
    {
        var epoch = OfType(records, type).Max(record => record.KeyId.Epoch) + 1;
        var key = VoprfKey.Generate();
        var commitment = KeyCommitment.To(type, epoch, key.PublicKey);
        return new(commitment, CanonicalForms.Version, KeyTerm.Announced(Now), key);
    }

    private KeyTerm Follow(KeyTerm term, IReadOnlyList<KeyRecord> records, KeyId to)
    {
        var active = OfType(records, to.Type).Single(record => record.Term.State == KeyState.Active);
        return term.To(KeyState.Incoming, Now) with { Previous = active.KeyId };
    }

    private KeyTerm PutInForce(KeyTerm term, ReadOnlyMemory<byte> root)
    {
        var inForce = KeyTerm.InForce(Now, options.Value.EpochLength);
        return inForce with { Previous = term.Previous, RotationRoot = root };
    }

    private KeyTerm Retire(KeyTerm term, TimeSpan overlap) =>
        term.To(KeyState.Retiring, Now) with
        {
            ChecksUntil = KeyTerm.WholeSecond(Now + overlap),
        };

    // While the newer one is on its way in, or the older one on its way out.
    private static bool AreNeighbours(KeyRecord one, KeyRecord other)
    {
        var (older, newer) = one.KeyId.Epoch < other.KeyId.Epoch ? (one, other) : (other, one);
        return newer.Term.Previous == older.KeyId
            && (newer.Term.State, older.Term.State)
                is
                    (KeyState.Incoming or KeyState.Ready, KeyState.Active)
                    or
                    (KeyState.Active, KeyState.Retiring);
    }
}
