namespace SignalExchange.TestKit.Storage;

/// <summary>The largest commits that an engine must take.</summary>
/// <param name="Changes">Changes in one commit.</param>
/// <param name="DetailBytes">Bytes of one change's detail.</param>
/// <param name="StateBytes">Bytes of one indicator's state.</param>
/// <param name="CommitBytes">Bytes of all details and states of one commit.</param>
/// <remarks>
/// The defaults are what every engine takes: those of a transaction on Azure Tables, whose body is base64 and has 4 MiB.
/// </remarks>
public sealed record ShardStoreLimits(
    int Changes = 98,
    int DetailBytes = ushort.MaxValue,
    int StateBytes = 512 * 1024,
    int CommitBytes = 2816 * 1024
);
