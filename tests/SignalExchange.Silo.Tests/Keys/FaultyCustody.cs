using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.KeyService;
using SignalExchange.KeyService.Evaluations;

namespace SignalExchange.Silo.Tests.Keys;

/// <summary>A custody whose steps fail as told.</summary>
internal sealed class FaultyCustody(IKeyCustody inner, Fault fault) : IKeyCustody
{
    // Read by every call of every member: not counted.
    public Task<IReadOnlyList<KeyManifest>> ListAsync(CancellationToken cancellationToken) =>
        inner.ListAsync(cancellationToken);

    public Task<KeyManifest> AnnounceAsync(IndicatorType type, CancellationToken cancellationToken) =>
        inner.AnnounceAsync(type, cancellationToken);

    public Task<Refusal?> BeginAsync(KeyId to, CancellationToken cancellationToken) =>
        fault.Do(() => inner.BeginAsync(to, cancellationToken));

    public Task CompleteAsync(KeyId to, CancellationToken cancellationToken) =>
        fault.Do(() => inner.CompleteAsync(to, cancellationToken));

    public Task SwitchAsync(
        KeyId to,
        ReadOnlyMemory<byte> root,
        TimeSpan overlap,
        CancellationToken cancellationToken
    ) => fault.Do(() => inner.SwitchAsync(to, root, overlap, cancellationToken));

    public Task EndOverlapAsync(KeyId retiring, CancellationToken cancellationToken) =>
        fault.Do(() => inner.EndOverlapAsync(retiring, cancellationToken));

    public Task DestroyAsync(KeyId retired, CancellationToken cancellationToken) =>
        fault.Do(() => inner.DestroyAsync(retired, cancellationToken));

    public Task<EvaluateOutcome> ReKeyAsync(
        KeyId from,
        KeyId to,
        ReadOnlyMemory<byte> blindedElements,
        CancellationToken cancellationToken
    ) => fault.Do(() => inner.ReKeyAsync(from, to, blindedElements, cancellationToken));
}
