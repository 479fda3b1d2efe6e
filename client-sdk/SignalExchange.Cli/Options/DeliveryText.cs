using SignalExchange.Contracts.V1;

namespace SignalExchange.Cli.Options;

/// <summary>What the law of a country asks of a signal, as it stands on the command line: <c>DE,basis=authority,permit</c>.</summary>
internal static class DeliveryText
{
    /// <summary>Reads a rule.</summary>
    /// <exception cref="UsageException">It names something that no rule has.</exception>
    public static DeliveryRule Parse(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries);
        var rule = new DeliveryRule { Country = parts[0] };
        foreach (var part in parts.Skip(1))
        {
            switch (part.Split('='))
            {
                case ["basis", var value]:
                    rule.Bases.Add(EnumText.Parse<LegalBasis>(value));
                    break;
                case ["purpose", var value]:
                    rule.Purposes.Add(EnumText.Parse<SharingPurpose>(value));
                    break;
                case ["retention", var value]:
                    rule.Retentions.Add(EnumText.Parse<RetentionClass>(value));
                    break;
                case ["permit"]:
                    rule.PermitRequired = true;
                    break;
                default:
                    throw new UsageException(
                        $"--delivery: '{part}' is none of basis=, purpose=, retention= and permit. As DE,basis=authority,permit."
                    );
            }
        }

        return rule;
    }
}
