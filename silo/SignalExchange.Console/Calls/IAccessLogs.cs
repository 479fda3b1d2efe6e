using Grpc.Core;

namespace SignalExchange.WebConsole.Calls;

/// <summary>The access logs of an exchange: each silo writes one and knows it alone, so a page asks the silo whose log it shows.</summary>
public interface IAccessLogs
{
    /// <summary>Gets the name of the log of the silo that serves the page.</summary>
    string Own { get; }

    /// <summary>Gets the names of those that can be asked for now, in their order.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Returns what calls the silo of a log, for the person whose page it is. When none can be reached that writes it, calls fail.</summary>
    CallInvoker InvokerOf(string log);
}
