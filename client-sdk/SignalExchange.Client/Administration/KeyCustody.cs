using Google.Protobuf;
using Grpc.Core;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client.Administration;

/// <summary>The exchange's VOPRF keys: which there are, the next one, and rotations.</summary>
/// <remarks>For custodians; operators and auditors read. Idempotent. Safe from any thread.</remarks>
public sealed class KeyCustody
{
    private readonly ExchangeCalls _calls;

    internal KeyCustody(ExchangeCalls calls) => _calls = calls;

    /// <summary>Lists every key, past and to come, and the rotations.</summary>
    public Task<ListKeyEpochsResponse> ListAsync(CancellationToken cancellationToken = default) =>
        _calls.CallAsync(options => _calls.Custody.ListKeyEpochsAsync(new(), options), cancellationToken);

    /// <summary>Makes the next key of a type, or returns the one that is announced.</summary>
    public async Task<KeyManifest> AnnounceAsync(IndicatorType type, CancellationToken cancellationToken = default)
    {
        var request = new AnnounceKeyRequest { Type = type };
        var response = await _calls
            .CallAsync(options => _calls.Custody.AnnounceKeyAsync(request, options), cancellationToken)
            .ConfigureAwait(false);
        return response.Key;
    }

    /// <summary>Asks for the rotation to an announced key; an operator approves it.</summary>
    /// <param name="to">The key.</param>
    /// <param name="isEmergency">Whether the old key may be known to others: then it serves no checks once the new one is in force.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What waits for an operator; once it was approved, how far the rotation is.</returns>
    public Task<RotateKeyResponse> RotateAsync(
        KeyId to,
        bool isEmergency = false,
        CancellationToken cancellationToken = default
    )
    {
        var request = new RotateKeyRequest { ToKeyId = to.ToString(), Emergency = isEmergency };
        return _calls.CallAsync(options => _calls.Custody.RotateKeyAsync(request, options), cancellationToken);
    }

    /// <summary>Writes what proves a rotation to a file, for <see cref="Audit.RotationCheck.VerifyAsync"/>; for auditors, too.</summary>
    /// <param name="to">The key that was rotated to.</param>
    /// <param name="file">Where to.</param>
    /// <param name="cancellationToken">Ends the export.</param>
    public async Task ExportRotationAsync(KeyId to, Stream file, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        try
        {
            var request = new ExportRotationRequest { ToKeyId = to.ToString() };
            using var call = _calls.Custody.ExportRotation(request, cancellationToken: cancellationToken);
            while (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false))
            {
                var part = new byte[PartSize(call.ResponseStream.Current)];
                using var memory = new MemoryStream(part);
                call.ResponseStream.Current.WriteDelimitedTo(memory);
                await file.WriteAsync(part, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (RpcException failure) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The export was cancelled.", failure, cancellationToken);
        }
        catch (RpcException failure)
        {
            throw failure.ToSignalExchangeException();
        }
    }

    private static int PartSize(ExportRotationResponse part)
    {
        var size = part.CalculateSize();
        return CodedOutputStream.ComputeLengthSize(size) + size;
    }
}
