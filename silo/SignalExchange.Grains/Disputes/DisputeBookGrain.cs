using Google.Protobuf;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.Storage;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Disputes;

/// <summary>Lets <see cref="DisputeRules"/> decide, and writes before it answers.</summary>
internal sealed class DisputeBookGrain(
    [PersistentState("disputes", NamedGrainStorage.ProviderName)] IPersistentState<DisputeBookState> storage,
    IOptions<DisputeOptions> options,
    TimeProvider clock
) : Grain, IDisputeBookGrain
{
    private DisputeBookState Book => storage.State;

    public Task<DisputeReply> Raise(RaiseCommand command) =>
        Apply(DisputeRules.Raise(Book, command, options.Value.RaisedPerDay, clock.GetUtcNow()));

    public Task<DisputeReply> Uphold(byte[] disputeId, string member) =>
        Apply(DisputeRules.Uphold(Book, ByteString.CopyFrom(disputeId), member, clock.GetUtcNow()));

    public Task<DisputeReply> ForWithdrawal(byte[] disputeId, string member) =>
        Apply(DisputeRules.ForWithdrawal(Book, ByteString.CopyFrom(disputeId), member));

    public Task<DisputeReply> Close(byte[] disputeId, string? member) =>
        Apply(DisputeRules.Close(Book, ByteString.CopyFrom(disputeId), member, clock.GetUtcNow()));

    public async Task<ItemError?> Withdrawn(byte[] signalId) =>
        await Write(DisputeRules.Withdrawn(Book, ByteString.CopyFrom(signalId), clock.GetUtcNow()));

    public async Task<ReturnReply> Returned(byte[] signalId, byte[] token)
    {
        var id = ByteString.CopyFrom(signalId);
        var next = DisputeRules.Returned(Book, id, ByteString.CopyFrom(token), clock.GetUtcNow());
        return await Write(next) is { } error ? new(error) : new(null, DisputeRules.MarkOf(Book, id));
    }

    public async Task<ItemError?> Moved(byte[] signalId, byte[] token) =>
        await Write(DisputeRules.Moved(Book, ByteString.CopyFrom(signalId), ByteString.CopyFrom(token)));

    public Task<DisputeMark> MarkOf(byte[] signalId) =>
        Task.FromResult(DisputeRules.MarkOf(Book, ByteString.CopyFrom(signalId)));

    public Task<Dispute[]> List() => Task.FromResult<Dispute[]>([.. Book.Disputes.Select(it => it.Dispute)]);

    private async Task<DisputeReply> Apply(DisputeStep step)
    {
        if ((step.Refusal?.ToItemError() ?? await Write(step.Next)) is { } error)
        {
            return new(error);
        }

        var dispute = step.Record!.Dispute;
        return new(null, dispute, step.Record.Token.ToByteArray());
    }

    private async Task<ItemError?> Write(DisputeBookState? next) =>
        next is not null && await storage.TryReplace(next, DeactivateOnIdle) is { } failure
            ? new Refusal(failure).ToItemError()
            : null;
}
