namespace SignalExchange.Silo.Forwarding;

/// <summary>A call that one silo makes at another for a person who is signed in. Who it is, and what they may, the silo that answers decides.</summary>
/// <param name="Method">The method's full name, such as "/signalexchange.v1.AuditService/GetEntry".</param>
/// <param name="Request">The request's bytes.</param>
/// <param name="Account">The person's account.</param>
/// <param name="Session">The session's id.</param>
/// <param name="Address">The address of the person's browser.</param>
[GenerateSerializer]
[Immutable]
[Alias("signalexchange.forwarded-call")]
internal sealed record ForwardedCall(
    [property: Id(0)] string Method,
    [property: Id(1)] byte[] Request,
    [property: Id(2)] string Account,
    [property: Id(3)] string Session,
    [property: Id(4)] string Address
)
{
    /// <summary>Returns the method, and nothing of the session.</summary>
    public override string ToString() => $"{nameof(ForwardedCall)} {Method}";
}
