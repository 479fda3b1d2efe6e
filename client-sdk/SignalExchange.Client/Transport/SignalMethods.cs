namespace SignalExchange.Client.Transport;

/// <summary>The full names of the signal service's methods, as entries of the access log state them.</summary>
internal static class SignalMethods
{
    public const string Submit = Service + nameof(Submit);
    public const string Withdraw = Service + nameof(Withdraw);
    public const string Check = Service + nameof(Check);
    public const string Get = Service + nameof(Get);
    public const string SubmitStream = Service + nameof(SubmitStream);
    public const string CheckStream = Service + nameof(CheckStream);

    private const string Service = "/signalexchange.v1.SignalService/";
}
