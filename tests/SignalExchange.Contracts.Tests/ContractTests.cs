using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;
using SignalExchange.TestKit.Contracts;
using SignalExchange.TestKit.Signals;

namespace SignalExchange.Contracts.Tests;

/// <summary>What holds for every message of the contract, read from the descriptors.</summary>
public sealed class ContractTests
{
    private static IEnumerable<FieldDescriptor> Fields =>
        ContractFiles
            .All.SelectMany(file => file.MessageTypes)
            .SelectMany(message => message.Fields.InDeclarationOrder());

    [Fact]
    public void No_field_can_hold_free_text_or_an_identifier_because_each_names_a_closed_format()
    {
        var open = Fields
            .Where(field => field.FieldType is FieldType.String or FieldType.Bytes)
            .Where(field => FormatOf(field) == FieldFormat.Unspecified)
            .Select(field => field.FullName);

        Assert.Empty(open);
    }

    [Fact]
    public void No_text_that_anybody_sends_has_room_for_a_script()
    {
        var texts = ContractFiles
            .All.SelectMany(file => file.Services)
            .SelectMany(service => service.Methods)
            .SelectMany(method => TextsOf(method.InputType, []))
            .Distinct()
            .ToList();

        Assert.NotEmpty(texts);
        Assert.DoesNotContain(texts, field => FieldFormats.Fits(FormatOf(field), "<script>alert(1)</script>"));
        Assert.DoesNotContain(texts, field => FieldFormats.Fits(FormatOf(field), "<b>"));
    }

    [Fact]
    public void Nor_can_a_field_that_no_message_has_because_each_refuses_such()
    {
        var messages = ContractFiles.All.SelectMany(file => file.MessageTypes).ToList();

        Assert.NotEmpty(messages);
        Assert.All(
            messages,
            type =>
            {
                var message = type.Parser.ParseFrom(new Empty().Smuggle("+12025550143").ToByteArray());
                Assert.Equal(ErrorReason.FieldUnknown, MessageForms.Check(message)?.Reason);
            }
        );
    }

    [Fact]
    public void Every_list_states_how_long_it_may_be()
    {
        var unbounded = Fields
            .Where(field => field.IsRepeated && !field.IsMap)
            .Where(field => field.GetOptions()?.GetExtension(FieldFormatExtensions.MaxItems) is null or 0)
            .Select(field => field.FullName);

        Assert.Empty(unbounded);
    }

    [Fact]
    public void There_are_no_maps_for_anybody_to_put_things_into()
    {
        Assert.DoesNotContain(Fields, field => field.IsMap);
    }

    [Fact]
    public void Every_enum_begins_with_unspecified()
    {
        var offenders = ContractFiles
            .All.SelectMany(file => file.EnumTypes)
            .Where(type => !type.Values[0].Name.EndsWith("_UNSPECIFIED", StringComparison.Ordinal));

        Assert.Empty(offenders.Select(type => type.FullName));
    }

    private static IEnumerable<FieldDescriptor> TextsOf(MessageDescriptor message, HashSet<string> seen) =>
        seen.Add(message.FullName) ? message.Fields.InDeclarationOrder().SelectMany(field => TextsOf(field, seen)) : [];

    private static IEnumerable<FieldDescriptor> TextsOf(FieldDescriptor field, HashSet<string> seen) =>
        field.FieldType switch
        {
            FieldType.String => [field],
            FieldType.Message => TextsOf(field.MessageType, seen),
            _ => [],
        };

    private static FieldFormat FormatOf(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldFormatExtensions.Format) ?? FieldFormat.Unspecified;
}
