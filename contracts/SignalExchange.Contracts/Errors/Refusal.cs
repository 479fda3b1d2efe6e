using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Errors;

/// <summary>Why something was refused: a reason, the field at fault and the numbers, never content.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Field">Path of the field at fault, for example <c>statement.expires_at</c>; empty if none is.</param>
/// <param name="Limit">The limit that was passed, in the field's unit.</param>
/// <param name="Actual">What was sent: a length, count or number.</param>
public readonly record struct Refusal(ErrorReason Reason, string Field = "", long? Limit = null, long? Actual = null)
{
    /// <summary>Returns the same refusal with the field's path seen from further out.</summary>
    /// <param name="outer">What stands before the path, for example <c>submissions[3]</c>.</param>
    public Refusal Within(string outer) => this with { Field = Field.Length == 0 ? outer : $"{outer}.{Field}" };

    /// <summary>Returns the message for one item of a batch.</summary>
    public ItemError ToItemError()
    {
        var error = new ItemError { Reason = Reason, Field = Field };
        if (Limit is { } limit)
        {
            error.Limit = limit;
        }

        if (Actual is { } actual)
        {
            error.Actual = actual;
        }

        return error;
    }

    /// <summary>Returns the refusal that a message carries.</summary>
    public static Refusal From(ItemError error) =>
        new(error.Reason, error.Field, error.HasLimit ? error.Limit : null, error.HasActual ? error.Actual : null);

    /// <summary>Returns what was wrong and what to do, in one or two sentences.</summary>
    public override string ToString() => ErrorCatalog.Describe(this);
}
