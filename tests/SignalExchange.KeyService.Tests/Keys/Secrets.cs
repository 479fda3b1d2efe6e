using SignalExchange.KeyService.Keys;
using SignalExchange.Tokens.Voprf;

namespace SignalExchange.KeyService.Tests.Keys;

/// <summary>Looks at what nobody should see.</summary>
internal static class Secrets
{
    /// <summary>Returns a record's secret key, in hexadecimal.</summary>
    internal static string Of(KeyRecord record)
    {
        var secret = new byte[VoprfKey.SecretSize];
        record.Key!.Export(secret);
        return Convert.ToHexStringLower(secret);
    }
}
