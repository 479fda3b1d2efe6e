using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Forms;

/// <summary>What one field of a message declares about itself, ready to be checked.</summary>
internal sealed class FieldForm
{
    private const long EarliestSecond = -62_135_596_800; // 0001-01-01, google/protobuf/timestamp.proto
    private const long LatestSecond = 253_402_300_799; // 9999-12-31T23:59:59

    private readonly FieldDescriptor _field;
    private readonly FieldFormat _format;
    private readonly bool _isRequired;
    private readonly uint _maxItems;
    private readonly Func<object, Refusal?> _checkValue;

    public FieldForm(FieldDescriptor field)
    {
        var options = field.GetOptions();
        _field = field;
        _format = options?.GetExtension(FieldFormatExtensions.Format) ?? FieldFormat.Unspecified;
        _isRequired = options?.GetExtension(FieldFormatExtensions.Required) ?? false;
        _maxItems = options?.GetExtension(FieldFormatExtensions.MaxItems) ?? 0;
        _checkValue = field.FieldType switch
        {
            FieldType.Enum => CheckEnum,
            FieldType.Bytes => CheckBytes,
            FieldType.String => CheckString,
            FieldType.Message => CheckMessage,
            _ => static _ => null,
        };
    }

    public Refusal? Check(IMessage message)
    {
        var value = _field.Accessor.GetValue(message);
        if (_field.IsRepeated)
        {
            return CheckItems((IList)value);
        }

        if (IsAbsent(value))
        {
            return _isRequired ? new Refusal(MissingReason, _field.Name) : null;
        }

        return _checkValue(value);
    }

    private bool IsBatch =>
        _field is { IsRepeated: true, FieldType: FieldType.Message }
        || _format is FieldFormat.PackedTokens or FieldFormat.PackedElements;

    private ErrorReason MissingReason => IsBatch ? ErrorReason.BatchEmpty : ErrorReason.FieldMissing;

    private Refusal? CheckItems(IList items)
    {
        if (items.Count == 0)
        {
            return _isRequired ? new Refusal(MissingReason, _field.Name) : null;
        }

        if (items.Count > _maxItems)
        {
            return new Refusal(ErrorReason.TooMany, _field.Name, _maxItems, items.Count);
        }

        // Elements that are messages are a batch's items: each is checked, and answered, by itself.
        return _field.FieldType == FieldType.Message ? null : CheckEach(items);
    }

    private Refusal? CheckEach(IList items)
    {
        foreach (var item in items)
        {
            if (_checkValue(item) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    private static bool IsAbsent(object? value) =>
        value switch
        {
            null => true,
            string text => text.Length == 0,
            ByteString bytes => bytes.IsEmpty,
            System.Enum number => Convert.ToInt32(number, null) == 0,
            _ => false,
        };

    private Refusal? CheckEnum(object value)
    {
        var number = Convert.ToInt32(value, null);
        return number != 0 && _field.EnumType.FindValueByNumber(number) is not null
            ? null
            : new Refusal(number == 0 ? ErrorReason.FieldMissing : ErrorReason.EnumUnknown, _field.Name, null, number);
    }

    private Refusal? CheckBytes(object value)
    {
        var bytes = (ByteString)value;
        return FieldFormats.Fits(_format, bytes)
            ? null
            : new Refusal(ErrorReason.FieldMalformed, _field.Name, FieldFormats.LengthOf(_format), bytes.Length);
    }

    private Refusal? CheckString(object value)
    {
        var text = (string)value;
        return FieldFormats.Fits(_format, text)
            ? null
            : new Refusal(ErrorReason.FieldMalformed, _field.Name, null, text.Length);
    }

    private Refusal? CheckMessage(object value) =>
        MessageForms.Check((IMessage)value) is { } refusal ? refusal.Within(_field.Name)
        : value is Timestamp time ? CheckTime(time)
        : null;

    private Refusal? CheckTime(Timestamp time) =>
        time is { Seconds: >= EarliestSecond and <= LatestSecond, Nanos: >= 0 and < 1_000_000_000 }
            ? null
            : new Refusal(ErrorReason.OutOfRange, _field.Name);
}
