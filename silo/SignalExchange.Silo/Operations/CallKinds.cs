namespace SignalExchange.Silo.Operations;

/// <summary>What methods are, for counting.</summary>
internal static class CallKinds
{
    /// <summary>Returns what a method is.</summary>
    public static CallKind Of(string method) =>
        method switch
        {
            "/signalexchange.v1.SignalService/Check"
            or "/signalexchange.v1.SignalService/CheckStream"
            or "/signalexchange.v1.SignalService/Get" => CallKind.Check,
            "/signalexchange.v1.SignalService/Submit" or "/signalexchange.v1.SignalService/SubmitStream" =>
                CallKind.Submission,
            "/signalexchange.v1.SignalService/Withdraw" => CallKind.Withdrawal,
            "/signalexchange.v1.KeyService/Evaluate" => CallKind.Evaluation,
            "/signalexchange.v1.TemplateService/MatchAds" or "/signalexchange.v1.TemplateService/MatchAdsStream" =>
                CallKind.AdCheck,
            "/signalexchange.v1.TemplateService/RegisterTemplates"
            or "/signalexchange.v1.TemplateService/GrowTemplates" => CallKind.AdRegistration,
            _ => CallKind.Other,
        };
}
