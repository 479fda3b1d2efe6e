using Orleans.Services;

namespace SignalExchange.Silo.Forwarding;

/// <summary>Where a silo's console asks for what only another silo has: its access log, its settings. One on every silo. The runtime finds it by its full name: never rename it.</summary>
[Alias("signalexchange.forwards")]
internal interface IForwardService : IGrainService
{
    /// <summary>Returns the name of this silo's access log.</summary>
    [Alias("Log")]
    Task<string> Log();

    /// <summary>Makes a call that has one answer.</summary>
    [Alias("Call")]
    Task<ForwardedAnswer> Call(ForwardedCall call);

    /// <summary>Begins a call that has a stream of answers.</summary>
    /// <returns>By what it is read; null when this silo holds as many as it may.</returns>
    [Alias("Begin")]
    Task<Guid?> Begin(ForwardedCall call);

    /// <summary>Reads on; one reader at a time.</summary>
    /// <returns>What has come since, nothing when nothing came for a while; with the end, if it was reached.</returns>
    [Alias("Read")]
    Task<ForwardedPart> Read(Guid stream);

    /// <summary>Ends a call that is not read any more. Idempotent.</summary>
    [Alias("End")]
    Task End(Guid stream);
}
