using Grpc.Core;

namespace SignalExchange.Silo.InProcess;

/// <summary>What a call for a person carries on an in-process connection, and is ignored anywhere else.</summary>
internal static class PersonHeaders
{
    /// <summary>The account.</summary>
    public const string Account = "person-account";

    /// <summary>The session's id.</summary>
    public const string Session = "person-session";

    /// <summary>The address of the person's browser.</summary>
    public const string Address = "person-address";

    /// <summary>Adds those of a person.</summary>
    /// <returns>What they were added to.</returns>
    public static Metadata Add(Metadata metadata, string account, string session, string address)
    {
        metadata.Add(Account, account);
        metadata.Add(Session, session);
        metadata.Add(Address, address);
        return metadata;
    }
}
