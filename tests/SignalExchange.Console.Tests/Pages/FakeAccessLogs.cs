using Grpc.Core;
using SignalExchange.WebConsole.Calls;

namespace SignalExchange.WebConsole.Tests.Pages;

/// <summary>The logs of an exchange of one silo, "silo-1", until a test adds others.</summary>
internal sealed class FakeAccessLogs : IAccessLogs
{
    /// <summary>Gets the other silos, each by the name of its log.</summary>
    public Dictionary<string, FakeExchange> Others { get; } = [];

    public string Own => "silo-1";

    public IReadOnlyList<string> Names => [Own, .. Others.Keys];

    public CallInvoker InvokerOf(string log) => Others.GetValueOrDefault(log) ?? new FakeExchange(); // refuses all
}
