using System.Linq.Expressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace SignalExchange.Contracts.Forms;

/// <summary>Tells whether a message carries fields that its contract does not have.</summary>
/// <remarks>
/// protobuf keeps such fields and sends them on. So they would be stored, and shown to other members, whatever stands in them:
/// the contract has no field for a raw identifier, and this is the way around it.
/// </remarks>
internal static class UnknownFields
{
    // Where generated code has them (its template is protobuf's csharp_message.cc); the library gives no access to it.
    private const string Kept = "_unknownFields";

    /// <summary>Makes what tells it of messages of one type.</summary>
    public static Func<IMessage, bool> FinderFor(MessageDescriptor descriptor)
    {
        var message = Expression.Parameter(typeof(IMessage), "message");
        var kept = Expression.Field(Expression.Convert(message, descriptor.ClrType), Kept);
        return Expression
            .Lambda<Func<IMessage, bool>>(Expression.NotEqual(kept, Expression.Constant(null)), message)
            .Compile();
    }
}
