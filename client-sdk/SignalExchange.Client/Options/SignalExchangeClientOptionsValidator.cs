using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.Options;

namespace SignalExchange.Client.Options;

/// <summary>Finds everything that is wrong with the options at once: which, what it is and what it may be.</summary>
internal sealed class SignalExchangeClientOptionsValidator : IValidateOptions<SignalExchangeClientOptions>
{
    public ValidateOptionsResult Validate(string? name, SignalExchangeClientOptions options)
    {
        var problems = ProblemsOf(options);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>Returns a sentence for each problem; none when the options may be used.</summary>
    public static List<string> ProblemsOf(SignalExchangeClientOptions options)
    {
        var context = new ValidationContext(options);
        var results = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, context, results, validateAllProperties: true))
        {
            // The library asks the object as a whole only when each of its properties is well.
            results.AddRange(options.Validate(context));
        }

        return [.. results.Select(result => Describe(options, result)).Distinct(StringComparer.Ordinal)];
    }

    private static string Describe(SignalExchangeClientOptions options, ValidationResult result)
    {
        var name = result.MemberNames.First();
        var value = typeof(SignalExchangeClientOptions).GetProperty(name)!.GetValue(options);
        return $"{name} is {Show(value)}: {result.ErrorMessage}";
    }

    // Of a secret its length only.
    private static string Show(object? value) =>
        value switch
        {
            null => "not set",
            "" => "empty",
            byte[] secret => $"{secret.Length} bytes long",
            System.Collections.ICollection list => $"a list of {list.Count}",
            Uri address => $"'{address}'",
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => $"'{value}'",
        };
}
