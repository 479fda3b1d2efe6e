using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace SignalExchange.Client.Tests.Server;

/// <summary>What the exchange was asked: attempts with their credentials, and messages.</summary>
internal sealed class CallRecord
{
    private readonly ConcurrentQueue<(string Method, JsonWebToken Token)> _attempts = new();
    private readonly ConcurrentQueue<IMessage> _messages = new();

    /// <summary>Returns the credentials of each attempt of a method, in order.</summary>
    public IReadOnlyList<JsonWebToken> AttemptsOf(string method) =>
        [.. _attempts.Where(attempt => attempt.Method == method).Select(attempt => attempt.Token)];

    /// <summary>Returns the messages of a kind, in the order of arrival.</summary>
    public IReadOnlyList<T> Of<T>()
        where T : IMessage => [.. _messages.OfType<T>()];

    public void Add(HttpRequest request) => _attempts.Enqueue((request.Path.Value!.Split('/')[^1], TokenOf(request)));

    public void Add(IMessage message) => _messages.Enqueue(message);

    public static JsonWebToken TokenOf(HttpRequest request) =>
        new(request.Headers.Authorization.ToString()["Bearer ".Length..]);
}
