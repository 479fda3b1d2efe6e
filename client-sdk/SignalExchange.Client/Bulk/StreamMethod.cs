using Grpc.Core;

namespace SignalExchange.Client.Bulk;

/// <summary>A streaming method: how it is called, and how batches and answers are wrapped.</summary>
/// <param name="Name">Its name, for logs and metrics.</param>
/// <param name="Open">Calls it.</param>
/// <param name="Wrap">Puts a batch and its number into a message.</param>
/// <param name="NumberOf">Returns the number of the batch that a message answers.</param>
/// <param name="AnswerOf">Returns the answer.</param>
/// <param name="NoteAnswer">Is told each answer, with what was asked.</param>
internal sealed record StreamMethod<TBatch, TAnswer, TRequest, TResponse>(
    string Name,
    Func<CallOptions, AsyncDuplexStreamingCall<TRequest, TResponse>> Open,
    Func<ulong, TBatch, TRequest> Wrap,
    Func<TResponse, ulong> NumberOf,
    Func<TResponse, TAnswer> AnswerOf,
    Action<TRequest, TResponse> NoteAnswer
);
