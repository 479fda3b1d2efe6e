using Microsoft.AspNetCore.Components;
using SignalExchange.WebConsole.Elements;

namespace SignalExchange.WebConsole.Auditors;

/// <summary>A page whose address holds a search of the access log.</summary>
public abstract class LogQueryPage : SiloPage
{
    [SupplyParameterFromQuery]
    private string? Member { get; set; }

    [SupplyParameterFromQuery]
    private string? Role { get; set; }

    [SupplyParameterFromQuery]
    private string? Method { get; set; }

    [SupplyParameterFromQuery]
    private string? Purpose { get; set; }

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? Until { get; set; }

    [SupplyParameterFromQuery]
    private string? Outcome { get; set; }

    [SupplyParameterFromQuery]
    private string? Reason { get; set; }

    [SupplyParameterFromQuery]
    private string? Key { get; set; }

    [SupplyParameterFromQuery]
    private string? Request { get; set; }

    [SupplyParameterFromQuery]
    private string? Pseudonym { get; set; }

    [SupplyParameterFromQuery]
    private string? Rule { get; set; }

    [SupplyParameterFromQuery]
    private string? Review { get; set; }

    [SupplyParameterFromQuery]
    private string? Order { get; set; }

    /// <summary>Gets the search that stands in the address: a link finds the same for another auditor, and going back goes back.</summary>
    protected LogQuery Addressed =>
        new()
        {
            Member = Member ?? "",
            Role = Role ?? "",
            Method = Method ?? "",
            Purpose = Purpose ?? "",
            From = From ?? "",
            Until = Until ?? "",
            Outcome = Outcome ?? "",
            Reason = Reason ?? "",
            Key = Key ?? "",
            Request = Request ?? "",
            Pseudonym = Pseudonym ?? "",
            Rule = Rule ?? "",
            Review = Review ?? "",
            Order = Order ?? "",
        };
}
