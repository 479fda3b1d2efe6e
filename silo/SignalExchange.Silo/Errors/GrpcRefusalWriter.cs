using System.Text;
using Google.Protobuf;
using SignalExchange.Contracts.Errors;

namespace SignalExchange.Silo.Errors;

/// <summary>Ends a gRPC call before its handler ran: a "trailers-only" response, as the gRPC protocol over HTTP/2 has it.</summary>
internal static class GrpcRefusalWriter
{
    /// <summary>Writes the refusal's status as the whole response.</summary>
    public static Task Write(HttpContext context, Refusal refusal, RetryAdvice? advice = null)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/grpc";
        Set(context.Response.Headers, refusal, advice);
        return context.Response.CompleteAsync();
    }

    /// <summary>Sets a refusal's status in headers or trailers that have not gone yet.</summary>
    public static void Set(IHeaderDictionary headers, Refusal refusal, RetryAdvice? advice = null)
    {
        var status = refusal.ToStatus(advice: advice);
        headers["grpc-status"] = status.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        headers["grpc-message"] = PercentEncode(status.Message);
        headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray());
    }

    // Status-Message of the protocol: bytes outside 0x20 to 0x7E, and the percent sign, are percent-encoded.
    private static string PercentEncode(string message)
    {
        var encoded = new StringBuilder(message.Length);
        foreach (var value in Encoding.UTF8.GetBytes(message))
        {
            _ = value is >= 0x20 and <= 0x7E and not (byte)'%'
                ? encoded.Append((char)value)
                : encoded.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
        }

        return encoded.ToString();
    }
}
