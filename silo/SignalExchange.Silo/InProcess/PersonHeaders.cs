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

    /// <summary>Returns those of a person.</summary>
    public static Metadata Of(string account, string session, string address) =>
        new()
        {
            { Account, account },
            { Session, session },
            { Address, address },
        };
}
