using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>A token whose first use another silo is asked to confirm.</summary>
internal sealed class WaitingUse(TokenUse use)
{
    private readonly TaskCompletionSource<ErrorReason> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );

    public TokenUse Use { get; } = use;

    public Task<ErrorReason> Answer => _answer.Task;

    public void Complete(ErrorReason answer) => _answer.TrySetResult(answer);
}
