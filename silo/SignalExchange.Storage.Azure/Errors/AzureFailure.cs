using System.Globalization;
using System.Net.Sockets;
using Azure;
using Azure.Identity;

namespace SignalExchange.Storage.Azure.Errors;

/// <summary>A failed request, without what it was about: the SDK's exceptions hold addresses, and addresses hold tokens.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Reason">The service's code, or what broke, from closed sets of words.</param>
internal readonly record struct AzureFailure(AzureFailureKind Kind, string Reason)
{
    private const int RequestTimeout = 408;

    /// <summary>Reads an exception of the SDK; null for any other, and for the end of the caller's own patience.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public static AzureFailure? Of(Exception exception, CancellationToken cancellationToken = default) =>
        exception switch
        {
            OperationCanceledException when cancellationToken.IsCancellationRequested => null,
            OperationCanceledException => new(AzureFailureKind.Unknown, "RequestTimeout"),
            AuthenticationFailedException => new(AzureFailureKind.NotReached, "SignInFailed"),
            RequestFailedException { Status: not 0 } failed => OfReply(failed.Status, failed.ErrorCode),
            RequestFailedException failed => OfConnection(failed.InnerException),
            AggregateException { InnerExceptions: [.., var last] } => Of(last, cancellationToken),
            // A connection that ends while it is made may surface as it is: HttpClient asks the socket where it leads, and wraps
            // nothing of that (HttpConnectionPool.ConnectAsync).
            HttpRequestException or IOException or SocketException => OfConnection(exception),
            _ => null,
        };

    // https://learn.microsoft.com/rest/api/storageservices/table-service-error-codes
    private static AzureFailure OfReply(int status, string? code) =>
        new(KindOf(status, code), code ?? string.Create(CultureInfo.InvariantCulture, $"Http{status}"));

    private static AzureFailureKind KindOf(int status, string? code) =>
        status switch
        {
            404 when code is "TableNotFound" or "ContainerNotFound" => AzureFailureKind.Refused,
            404 or 409 or 412 => AzureFailureKind.ConditionFailed,
            429 or 503 => AzureFailureKind.Throttled,
            >= 500 or RequestTimeout => AzureFailureKind.Unknown,
            _ => AzureFailureKind.Refused,
        };

    private static AzureFailure OfConnection(Exception? exception) =>
        exception switch
        {
            HttpRequestException { InnerException: SocketException socket } request => new(
                KindOf(request.HttpRequestError),
                socket.SocketErrorCode.ToString()
            ),
            HttpRequestException request => new(KindOf(request.HttpRequestError), request.HttpRequestError.ToString()),
            _ => new(AzureFailureKind.Unknown, "ConnectionLost"),
        };

    // Where the connection did not come about, nothing was sent.
    private static AzureFailureKind KindOf(HttpRequestError error) =>
        error
            is HttpRequestError.ConnectionError
                or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError
            ? AzureFailureKind.NotReached
            : AzureFailureKind.Unknown;
}
