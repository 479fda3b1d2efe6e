using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Security.Replays;

/// <summary>The guard of an exchange of one silo: its own memory, from the first second of the process on.</summary>
internal sealed class LocalReplayGuard(UsedTokens used, ExchangeStart start) : IReplayGuard
{
    public bool IsReady => start.HasCome;

    public ValueTask<ErrorReason> Use(TokenUse use) =>
        new(
            use.IssuedSeconds < start.At.ToUnixTimeSeconds() ? ErrorReason.CredentialsBeforeStart
            : used.TryAdd(use) ? ErrorReason.Unspecified
            : ErrorReason.CredentialsReplayed
        );
}
