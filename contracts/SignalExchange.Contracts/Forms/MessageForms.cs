using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using SignalExchange.Contracts.Errors;

namespace SignalExchange.Contracts.Forms;

/// <summary>Checks a message against what its fields declare in the contract: required, format, most items, known enum values, and nothing besides.</summary>
/// <remarks>
/// Declared is enforced: the checks are made from the descriptor, once a message type. Elements of a repeated message field
/// are not looked into, so that a batch can be answered item by item. Safe from any thread.
/// </remarks>
public static class MessageForms
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessageForm> Forms = new();

    /// <summary>Finds the first field, in the contract's order, that does not have its form; one that the contract does not have comes before all.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The refusal, its path beginning at the message; null if all is well.</returns>
    public static Refusal? Check(IMessage message) =>
        Forms.GetOrAdd(message.Descriptor, static descriptor => new(descriptor)).Check(message);
}
