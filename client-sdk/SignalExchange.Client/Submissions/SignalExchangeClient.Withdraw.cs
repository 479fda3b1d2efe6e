using Google.Protobuf;
using SignalExchange.Client.Submissions;
using SignalExchange.Client.Telemetry;
using SignalExchange.Client.TokenCache;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Client;

/// <content>Withdrawals.</content>
public sealed partial class SignalExchangeClient
{
    // Id, token, reason, and the lengths and tags around them.
    private const int WithdrawalBytes = 64;

    /// <inheritdoc/>
    public async Task<SubmitOutcome> WithdrawAsync(
        SignalWithdrawal withdrawal,
        CancellationToken cancellationToken = default
    ) => (await WithdrawBatchAsync([withdrawal], cancellationToken).ConfigureAwait(false))[0];

    /// <inheritdoc/>
    public Task<IReadOnlyList<SubmitOutcome>> WithdrawBatchAsync(
        IReadOnlyList<SignalWithdrawal> withdrawals,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(withdrawals);
        return ClientTelemetry.MeasureAsync(
            ClientOperation.Withdraw,
            withdrawals.Count,
            () =>
                SendSoundAsync(
                    withdrawals,
                    withdrawal => Refuse(withdrawal.Reason) is { } no ? SubmitOutcome.Refused(withdrawal.Id, no) : null,
                    sound =>
                        _batches.RunAsync<SignalWithdrawal, SubmitOutcome>(
                            sound,
                            static withdrawal => withdrawal.Identifier,
                            static _ => WithdrawalBytes,
                            async (batch, token) => await SendAsync(batch, token).ConfigureAwait(false),
                            cancellationToken
                        )
                )
        );
    }

    private static Refusal? Refuse(RetractionReason reason) =>
        reason == RetractionReason.Unspecified ? new Refusal(ErrorReason.FieldMissing, "reason")
        : !Enum.IsDefined(reason) ? new Refusal(ErrorReason.EnumUnknown, "reason", null, (int)reason)
        : null;

    private Task<SubmitOutcome[]> SendAsync(TokenBatch<SignalWithdrawal> batch, CancellationToken cancellationToken) =>
        _itemRetries.SendAsync(
            batch.Tokens,
            async places =>
            {
                var response = await _calls
                    .WithdrawAsync(RequestOf(batch, places), cancellationToken)
                    .ConfigureAwait(false);
                return Note(
                    ClientOperation.Withdraw,
                    batch.KeyId,
                    places,
                    response.Results,
                    (place, result) => SubmitOutcome.From(batch.Items[place].Id, result)
                );
            },
            cancellationToken
        );

    private static WithdrawRequest RequestOf(TokenBatch<SignalWithdrawal> batch, IReadOnlyList<int> places) =>
        new()
        {
            KeyId = batch.KeyId.ToString(),
            Withdrawals =
            {
                places.Select(place => new Withdrawal
                {
                    SubmissionId = batch.Items[place].Id.ToByteString(),
                    Token = UnsafeByteOperations.UnsafeWrap(batch.Tokens[place].Token.ToArray()),
                    Reason = batch.Items[place].Reason,
                }),
            },
        };
}
