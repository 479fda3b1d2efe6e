namespace SignalExchange.Tokens.Canonical;

/// <summary>Handles of accounts and of payment services: namespace, a zero byte, and the handle with case and confusables folded.</summary>
/// <remarks>
/// Case is folded before confusables, since handles are written in any case: "PAYPAL" is "paypal", and so is "p" + Cyrillic "а" + "ypal".
/// The price is that a capital I is an i, not an l. Folding makes some handles one that are two ("user1", "userl"): a check on a handle is a
/// lead to look at, as every answer is.
/// </remarks>
internal static class HandleForm
{
    private const int MaxLength = 128;

    public static CanonicalForm Make(string @namespace, string raw)
    {
        var space = @namespace.Trim().ToLowerInvariant();
        if (!CanonicalText.IsNamespace(space))
        {
            return CanonicalProblem.NamespaceInvalid;
        }

        var problem = CanonicalText.Clean(raw, MaxLength, out var text);
        if (problem != CanonicalProblem.None)
        {
            return problem;
        }

        var handle = text.TrimStart('@', '$').Trim();
        if (handle.Length == 0)
        {
            return CanonicalProblem.Empty;
        }

        return handle.Any(char.IsWhiteSpace) || handle.Contains('/', StringComparison.Ordinal)
            ? CanonicalProblem.Malformed
            : CanonicalForm.Of($"{space}\0{Confusables.Fold(handle)}");
    }
}
