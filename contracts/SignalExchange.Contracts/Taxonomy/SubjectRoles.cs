using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Taxonomy;

/// <summary>Which roles are of people to be protected.</summary>
public static class SubjectRoles
{
    /// <summary>Whether the role must never appear in an enforcement answer, only as protective guidance.</summary>
    public static bool IsProtected(this SubjectRole role) =>
        role is SubjectRole.PossibleVictim or SubjectRole.CompromisedAccount;
}
