using SignalExchange.Storage.Sqlite.Writes;

namespace SignalExchange.Storage.Sqlite.Tests.Writes;

/// <summary>A write that does to the transaction what a test wants.</summary>
internal sealed class ScriptedWrite(Action<WriterConnection> script) : PendingResult<bool>
{
    protected override WriteEffect Run(WriterConnection connection, out bool isWritten)
    {
        script(connection);
        isWritten = true;
        return WriteEffect.Whole;
    }
}
