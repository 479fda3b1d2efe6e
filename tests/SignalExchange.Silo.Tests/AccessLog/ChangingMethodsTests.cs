using SignalExchange.Silo.AccessLog;
using SignalExchange.TestKit.Contracts;

namespace SignalExchange.Silo.Tests.AccessLog;

/// <summary>No method of the contract changes anything without being in the table of those that do.</summary>
public sealed class ChangingMethodsTests
{
    // What its name says it does, or what its entry in the log is by itself.
    private static readonly string[] Reading =
    [
        "Get",
        "List",
        "Watch",
        "Check",
        "Match",
        "Search",
        "Report",
        "Export",
        "Verify",
        "Evaluate",
    ];

    private static readonly string[] TheirEntryIsTheAct =
    [
        "/signalexchange.v1.AuditService/ReviewEntries",
        "/signalexchange.v1.AuditService/AcknowledgeAlarm",
    ];

    [Fact]
    public void Whatever_does_more_than_read_is_in_the_table() =>
        Assert.Equal(
            [],
            ContractFiles
                .Methods.Except(TheirEntryIsTheAct)
                .Where(method => ChangingMethods.Contains(method) == IsReading(method))
        );

    [Fact]
    public void What_members_say_is_no_act_of_administration() =>
        Assert.All(
            ContractFiles.Methods.Where(it => it.Contains("SignalService/") || it.Contains("TemplateService/")),
            method => Assert.False(ChangingMethods.IsAct(method))
        );

    private static bool IsReading(string method)
    {
        var name = method[(method.LastIndexOf('/') + 1)..];
        return Array.Exists(Reading, verb => name.StartsWith(verb, StringComparison.Ordinal));
    }
}
