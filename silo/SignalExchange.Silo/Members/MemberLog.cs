namespace SignalExchange.Silo.Members;

/// <summary>What is logged of members.</summary>
internal static partial class MemberLog
{
    [LoggerMessage(
        1,
        LogLevel.Warning,
        "The registry of members could not be asked; calls are refused once the copy is too old."
    )]
    public static partial void RefreshFailed(ILogger logger, Exception failure);

    [LoggerMessage(
        2,
        LogLevel.Information,
        "Key {Operator} of the consortium changed member {Member} by {Method}; registry version {Version}."
    )]
    public static partial void Changed(ILogger logger, string @operator, string member, string method, long version);
}
