using SignalExchange.Contracts;
using SignalExchange.Storage;
using SignalExchange.TestKit.Storage;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>A storage whose errors tell everything that they should not: of one indicator, with its token in every form.</summary>
internal sealed class FailingShardStore(IShardStore inner) : ForwardingShardStore(inner)
{
    /// <summary>Gets or sets the token whose row cannot be read; null for none.</summary>
    public Token? Lost { get; set; }

    /// <inheritdoc/>
    public override ValueTask<IndicatorRow?> ReadIndicatorAsync(Token token, CancellationToken cancellationToken) =>
        token == Lost
            ? throw new InvalidOperationException(
                $"Row {token.ToKeyString()} ({Convert.ToBase64String(token.ToArray())}) is lost.",
                new KeyNotFoundException(BitConverter.ToString(token.ToArray()))
            )
            : base.ReadIndicatorAsync(token, cancellationToken);
}
