using Google.Protobuf;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Errors;

/// <summary>Guards at the head of a handler: what does not hold ends the call with a precise status.</summary>
internal static class Require
{
    /// <summary>The message's fields have the forms that the contract declares.</summary>
    public static void Form(IMessage message)
    {
        if (MessageForms.Check(message) is { } refusal)
        {
            throw refusal.ToRpcException();
        }
    }

    /// <summary>There is no refusal.</summary>
    public static void Nothing(Refusal? refusal)
    {
        if (refusal is { } found)
        {
            throw found.ToRpcException();
        }
    }

    /// <summary>The answer is no larger than a message may be; else the caller asks about fewer.</summary>
    public static T Size<T>(T response, string field)
        where T : IMessage
    {
        var size = response.CalculateSize();
        return size <= Limits.MaxMessageBytes
            ? response
            : throw new Refusal(ErrorReason.AnswerTooLarge, field, Limits.MaxMessageBytes, size).ToRpcException();
    }
}
