using Azure.Core;
using Azure.Core.Pipeline;
using Request = Azure.Core.Request;

namespace SignalExchange.Storage.Azure.Tests.Faults;

/// <summary>Stands between a store and its connections, and does to each try of a request what a test wants.</summary>
/// <param name="act">Gets the request, and the rest of its way: to send it, as often as it is called.</param>
internal sealed class Fault(Func<HttpMessage, Func<ValueTask>, ValueTask> act)
{
    /// <summary>Gets or sets whether it acts; what is asked before goes through.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>Makes a fault of transactions; whatever else is asked goes through.</summary>
    public static Fault OfTransactions(Func<HttpMessage, Func<ValueTask>, ValueTask> act) =>
        new((message, send) => IsTransaction(message) ? act(message, send) : send());

    /// <summary>Makes a fault of all that writes; reads go through.</summary>
    public static Fault OfWrites(Func<HttpMessage, Func<ValueTask>, ValueTask> act) =>
        new((message, send) => message.Request.Method == RequestMethod.Get ? send() : act(message, send))
        {
            IsOn = false,
        };

    /// <summary>Makes a fault that loses the reply of one transaction, after the service has done it, and then acts.</summary>
    public static Fault LosingOneReply(Func<Task>? then = null)
    {
        var isLost = 0;
        return OfTransactions(
            async (_, send) =>
            {
                await send();
                if (Interlocked.Exchange(ref isLost, 1) == 0)
                {
                    await (then?.Invoke() ?? Task.CompletedTask);
                    throw Lost();
                }
            }
        );
    }

    /// <summary>Whether a request is a transaction.</summary>
    public static bool IsTransaction(HttpMessage message) =>
        message.Request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);

    /// <summary>Whether a request appends to a blob.</summary>
    public static bool IsAppend(HttpMessage message) =>
        message.Request.Uri.Query.Contains("comp=appendblock", StringComparison.Ordinal);

    /// <summary>Returns what a lost connection throws.</summary>
    public static Exception Lost() => new IOException("A test lost the connection.");

    /// <summary>Puts it around the connections.</summary>
    public HttpPipelineTransport Around(HttpPipelineTransport transport) => new Transport(this, transport);

    private ValueTask Act(HttpMessage message, Func<ValueTask> send) => IsOn ? act(message, send) : send();

    private sealed class Transport(Fault fault, HttpPipelineTransport next) : HttpPipelineTransport
    {
        public override Request CreateRequest() => next.CreateRequest();

        public override void Process(HttpMessage message) =>
            throw new NotSupportedException("The store has no synchronous calls.");

        public override ValueTask ProcessAsync(HttpMessage message) =>
            fault.Act(message, () => next.ProcessAsync(message));
    }
}
