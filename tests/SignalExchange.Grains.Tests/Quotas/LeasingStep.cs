namespace SignalExchange.Grains.Tests.Quotas;

/// <summary>What can happen to a lease.</summary>
public enum LeasingStep
{
    /// <summary>A silo uses some, and renews when it has too little.</summary>
    Take,

    /// <summary>A silo renews, and the reply is lost: it does not know whether it happened.</summary>
    LoseReply,

    /// <summary>A silo renews, and the request is lost.</summary>
    LoseRequest,

    /// <summary>A silo returns what it has.</summary>
    Return,

    /// <summary>A silo is killed; another process takes its place.</summary>
    Crash,

    /// <summary>A request of a silo that was delivered before is delivered once more.</summary>
    Duplicate,
}
