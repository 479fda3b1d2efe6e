using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Security;

/// <summary>What the attributes of <see cref="SecurityOptions"/> cannot say.</summary>
internal sealed class SecurityOptionsValidator : IValidateOptions<SecurityOptions>
{
    public ValidateOptionsResult Validate(string? name, SecurityOptions options) =>
        options.ClientCertificates != ClientCertificates.None && !File.Exists(options.ClientCertificateAuthorities)
            ? ValidateOptionsResult.Fail(
                "Exchange:Security:ClientCertificateAuthorities names no file; with ClientCertificates it must name one with the "
                    + "authorities' certificates, PEM."
            )
            : ValidateOptionsResult.Success;
}
