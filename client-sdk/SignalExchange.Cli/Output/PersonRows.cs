using System.Text.Json.Nodes;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Output;

/// <summary>Accounts of people as rows.</summary>
internal static class PersonRows
{
    public static JsonObject Of(InvitePersonResponse response) => Of(response.Person, response.Code, response.Pending);

    public static JsonObject Of(ResetPersonResponse response) => Of(response.Person, response.Code, response.Pending);

    public static JsonObject Of(Person person) =>
        new()
        {
            ["name"] = person.Login,
            ["role"] = person.Role.ToString(),
            ["member"] = person.MemberId,
            ["state"] = person.State.ToString(),
            ["source"] = person.Source.ToString(),
            ["account"] = person.AccountId,
        };

    private static JsonObject Of(Person? person, string code, Approval? pending)
    {
        var row = person is null ? [] : Of(person);
        row[pending is null ? "code" : "code_half"] = code;
        foreach (var (name, value) in pending is null ? [] : ApprovalRows.Of(pending))
        {
            row[name] = value?.DeepClone();
        }

        return row;
    }
}
