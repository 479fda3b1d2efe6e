namespace SignalExchange.Client.Telemetry;

/// <summary>What a client does, as metrics and spans name it: a closed set.</summary>
internal enum ClientOperation
{
    MakeTokens,
    Check,
    CheckTokens,
    Get,
    Submit,
    Withdraw,
    RegisterTemplate,
    GrowTemplate,
    WithdrawTemplate,
    GetTemplates,
    MatchAds,
}
