namespace SignalExchange.Client.Transport;

/// <summary>The full names of the methods about signals and templates, as entries of the access log state them.</summary>
internal static class SignalMethods
{
    public const string Submit = Service + nameof(Submit);
    public const string Withdraw = Service + nameof(Withdraw);
    public const string Check = Service + nameof(Check);
    public const string Get = Service + nameof(Get);
    public const string SubmitStream = Service + nameof(SubmitStream);
    public const string CheckStream = Service + nameof(CheckStream);

    public const string RegisterTemplates = Templates + nameof(RegisterTemplates);
    public const string GrowTemplates = Templates + nameof(GrowTemplates);
    public const string WithdrawTemplates = Templates + nameof(WithdrawTemplates);
    public const string GetTemplates = Templates + nameof(GetTemplates);
    public const string MatchAds = Templates + nameof(MatchAds);
    public const string MatchAdsStream = Templates + nameof(MatchAdsStream);

    private const string Templates = "/signalexchange.v1.TemplateService/";
    private const string Service = "/signalexchange.v1.SignalService/";
}
