namespace SignalExchange.Silo.Tests.Security;

/// <summary>An exchange that takes a certificate from who has one.</summary>
public sealed class OptionalTlsExchange : MutualTlsExchange
{
    protected override string Mode => "Optional";
}
