using Google.Rpc;
using Grpc.Core;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.WebConsole.Calls;

/// <summary>Why the exchange said no, in words for the reader.</summary>
/// <param name="Reason">The reason; unspecified where the exchange gave none, as when it does not answer.</param>
/// <param name="Words">What was wrong and what to do.</param>
/// <param name="Trace">What to quote to the operators; empty for none.</param>
public sealed record Problem(ErrorReason Reason, string Words, string Trace = "")
{
    /// <summary>Reads a call's failure.</summary>
    public static Problem Of(RpcException failure)
    {
        if (failure.GetRpcStatus()?.GetDetail<ErrorInfo>() is not { } info)
        {
            return new(ErrorReason.Unspecified, "The exchange does not answer. Try again in a moment.");
        }

        var reason = ErrorReasonNames.Parse(info.Reason);
        var refusal = new Refusal(
            reason,
            info.Metadata.GetValueOrDefault("field", ""),
            NumberOf(info, "limit"),
            NumberOf(info, "actual")
        );
        var words = reason == ErrorReason.Unspecified ? failure.Status.Detail : refusal.ToString();
        return new(reason, words, info.Metadata.GetValueOrDefault("trace", ""));
    }

    private static long? NumberOf(ErrorInfo info, string name) =>
        info.Metadata.TryGetValue(name, out var text)
        && long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
}
