using System.Runtime.CompilerServices;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Submissions;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Testing;

/// <summary>A member's client of a fake exchange.</summary>
internal sealed class FakeClient(FakeSignalExchange exchange, Caller caller) : ISignalExchangeClient
{
    public Task<IReadOnlyList<EvaluatedIdentifier>> MakeTokensAsync(
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken = default
    ) => Each(identifiers, exchange.TokenOf, cancellationToken);

    public async Task<CheckResult> CheckAsync(
        Identifier identifier,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    ) => (await CheckBatchAsync([identifier], purpose, cancellationToken))[0];

    public Task<IReadOnlyList<CheckResult>> CheckBatchAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    ) =>
        Each(
            identifiers,
            identifier => new CheckResult(identifier, exchange.Check(identifier, caller), []),
            cancellationToken
        );

    public IAsyncEnumerable<CheckResult> CheckManyAsync(
        IAsyncEnumerable<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    ) => OneByOne(identifiers, identifier => CheckAsync(identifier, purpose, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<ReadResult>> GetAsync(
        IReadOnlyList<Identifier> identifiers,
        CheckPurpose purpose,
        CancellationToken cancellationToken = default
    ) =>
        Each(
            identifiers,
            identifier => new ReadResult(identifier, exchange.Read(identifier, caller)),
            cancellationToken
        );

    public async Task<SubmitOutcome> SubmitAsync(
        SignalSubmission submission,
        CancellationToken cancellationToken = default
    ) => (await SubmitBatchAsync([submission], cancellationToken))[0];

    public Task<IReadOnlyList<SubmitOutcome>> SubmitBatchAsync(
        IReadOnlyList<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    ) => Each(submissions, submission => exchange.Submit(submission, caller), cancellationToken);

    public IAsyncEnumerable<SubmitOutcome> SubmitManyAsync(
        IAsyncEnumerable<SignalSubmission> submissions,
        CancellationToken cancellationToken = default
    ) => OneByOne(submissions, submission => SubmitAsync(submission, cancellationToken), cancellationToken);

    public async Task<SubmitOutcome> WithdrawAsync(
        SignalWithdrawal withdrawal,
        CancellationToken cancellationToken = default
    ) => (await WithdrawBatchAsync([withdrawal], cancellationToken))[0];

    public Task<IReadOnlyList<SubmitOutcome>> WithdrawBatchAsync(
        IReadOnlyList<SignalWithdrawal> withdrawals,
        CancellationToken cancellationToken = default
    ) => Each(withdrawals, withdrawal => exchange.Withdraw(withdrawal, caller), cancellationToken);

    private Task<IReadOnlyList<TResult>> Each<T, TResult>(
        IReadOnlyList<T> items,
        Func<T, TResult> act,
        CancellationToken cancellationToken
    )
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<IReadOnlyList<TResult>>(cancellationToken);
        }

        try
        {
            return Task.FromResult(exchange.Call<IReadOnlyList<TResult>>(caller, () => [.. items.Select(act)]));
        }
        catch (Errors.SignalExchangeException failure)
        {
            return Task.FromException<IReadOnlyList<TResult>>(failure);
        }
    }

    private static async IAsyncEnumerable<TResult> OneByOne<T, TResult>(
        IAsyncEnumerable<T> items,
        Func<T, Task<TResult>> act,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            yield return await act(item);
        }
    }
}
