using System.Collections.Frozen;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Errors;

/// <summary>The names of reasons as <c>google.rpc.ErrorInfo</c> carries them: the contract's, without the enum's prefix.</summary>
public static class ErrorReasonNames
{
    private const string Prefix = "ERROR_REASON_";

    private static readonly FrozenDictionary<ErrorReason, string> Names = ErrorReasonReflection
        .Descriptor.EnumTypes[0]
        .Values.ToFrozenDictionary(value => (ErrorReason)value.Number, value => value.Name[Prefix.Length..]);

    private static readonly FrozenDictionary<string, ErrorReason> Reasons = Names.ToFrozenDictionary(
        pair => pair.Value,
        pair => pair.Key,
        StringComparer.Ordinal
    );

    /// <summary>Returns the name, for example <c>TOO_MANY</c>.</summary>
    public static string Of(ErrorReason reason) => Names[reason];

    /// <summary>Finds the reason of a name.</summary>
    /// <returns>The reason; <see cref="ErrorReason.Unspecified"/> for a name that this version does not know.</returns>
    public static ErrorReason Parse(string name) => Reasons.GetValueOrDefault(name, ErrorReason.Unspecified);
}
