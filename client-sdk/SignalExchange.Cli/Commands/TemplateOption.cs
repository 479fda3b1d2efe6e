using SignalExchange.Contracts;

namespace SignalExchange.Cli.Commands;

/// <summary>Reads the name of a template on the command line.</summary>
internal static class TemplateOption
{
    /// <exception cref="UsageException">It is none.</exception>
    public static TemplateId Parse(string text) =>
        TemplateId.TryParse(text, out var template)
            ? template
            : throw new UsageException(
                "A template is named by 64 hexadecimal digits, as register and match print them."
            );
}
