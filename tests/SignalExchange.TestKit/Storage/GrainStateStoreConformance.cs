using SignalExchange.Storage;

namespace SignalExchange.TestKit.Storage;

/// <summary>What every engine's <see cref="IGrainStateStore"/> does. An engine's tests derive from it.</summary>
public abstract partial class GrainStateStoreConformance : StorageConformance
{
    private const string Name = "member";
    private const string Grain = "member/acme";

    private static readonly byte[] Payload = [1, 2, 3];
    private static readonly byte[] OtherPayload = [4, 5];

    /// <summary>Gets the largest state that the engine must take.</summary>
    protected virtual int MaxPayloadBytes => 512 * 1024;

    private IGrainStateStore Store => Storage.GrainStates;

    private ValueTask<GrainStateRow?> ReadAsync(string name = Name, string grain = Grain) =>
        Store.ReadAsync(name, grain, Cancellation);

    private Task<string> WriteAsync(byte[] payload, string? etag, string name = Name, string grain = Grain) =>
        Store.WriteAsync(name, grain, payload, etag, Cancellation);

    private Task ClearAsync(string? etag, string name = Name, string grain = Grain) =>
        Store.ClearAsync(name, grain, etag, Cancellation);

    private async Task AssertHoldsAsync(string etag, byte[] payload, string name = Name, string grain = Grain)
    {
        var row = await ReadAsync(name, grain);
        Assert.Equal(etag, row?.ETag);
        Assert.Equal(payload, row?.Payload.ToArray());
    }
}
