using Google.Protobuf;
using Google.Protobuf.Reflection;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Forms;

/// <summary>What the fields of one message type declare, ready to be checked.</summary>
internal sealed class MessageForm(MessageDescriptor descriptor)
{
    private readonly Func<IMessage, bool> _hasUnknownFields = UnknownFields.FinderFor(descriptor);
    private readonly FieldForm[] _fields =
    [
        .. descriptor.Fields.InDeclarationOrder().Select(field => new FieldForm(field)),
    ];

    /// <summary>Finds what is wrong first, in the contract's order.</summary>
    public Refusal? Check(IMessage message)
    {
        if (_hasUnknownFields(message))
        {
            return new Refusal(ErrorReason.FieldUnknown);
        }

        foreach (var field in _fields)
        {
            if (field.Check(message) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
