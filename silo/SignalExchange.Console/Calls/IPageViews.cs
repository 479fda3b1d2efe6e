using Grpc.Core;

namespace SignalExchange.WebConsole.Calls;

/// <summary>Records in the access log which pages somebody opens: also those that ask the exchange for nothing. Given by the host; one a circuit.</summary>
public interface IPageViews
{
    /// <summary>Records that a page was opened.</summary>
    /// <param name="page">The page's name, as <see cref="PageName"/> has it.</param>
    /// <param name="isAllowed">Whether it is for the reader's role; refused if not.</param>
    /// <exception cref="RpcException">It could not be recorded, or the session is over: the page must not be shown.</exception>
    Task Record(string page, bool isAllowed);
}
