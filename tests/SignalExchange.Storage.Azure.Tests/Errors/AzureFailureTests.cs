using System.Net.Sockets;
using Azure;
using SignalExchange.Storage.Azure.Errors;

namespace SignalExchange.Storage.Azure.Tests.Errors;

public sealed class AzureFailureTests
{
    [Fact]
    public void A_connection_that_was_lost_leaves_open_what_became_of_the_request()
    {
        foreach (
            var lost in new Exception[]
            {
                new IOException("The connection was reset."),
                // As HttpClient throws it, wrapped in nothing, when the other side goes while the connection is made.
                new SocketException((int)SocketError.NotConnected),
                new HttpRequestException(HttpRequestError.ResponseEnded),
                new AggregateException(new SocketException((int)SocketError.ConnectionReset)),
                new RequestFailedException("Lost", new SocketException((int)SocketError.NotConnected)),
                new OperationCanceledException(),
            }
        )
        {
            Assert.Equal(AzureFailureKind.Unknown, AzureFailure.Of(lost, TestContext.Current.CancellationToken)?.Kind);
        }
    }

    [Fact]
    public void A_connection_that_did_not_come_about_carried_nothing()
    {
        var refused = new HttpRequestException(
            HttpRequestError.ConnectionError,
            "Refused",
            new SocketException((int)SocketError.ConnectionRefused)
        );

        Assert.Equal(
            new(AzureFailureKind.NotReached, "ConnectionRefused"),
            AzureFailure.Of(refused, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void What_is_no_failure_of_the_service_is_none()
    {
        using var ended = new CancellationTokenSource();
        ended.Cancel();

        Assert.Null(AzureFailure.Of(new InvalidOperationException(), TestContext.Current.CancellationToken));
        Assert.Null(AzureFailure.Of(new OperationCanceledException(), ended.Token));
    }
}
