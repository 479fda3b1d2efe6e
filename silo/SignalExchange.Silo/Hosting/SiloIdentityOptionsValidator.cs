using System.Net;
using Microsoft.Extensions.Options;

namespace SignalExchange.Silo.Hosting;

/// <summary>What the attributes of <see cref="SiloIdentityOptions"/> cannot say.</summary>
internal sealed class SiloIdentityOptionsValidator(IOptions<ExchangeOptions> exchange)
    : IValidateOptions<SiloIdentityOptions>
{
    private const string Section = SiloIdentityOptions.Section;

    public ValidateOptionsResult Validate(string? name, SiloIdentityOptions options)
    {
        if (exchange.Value.SiloPort == 0)
        {
            return ValidateOptionsResult.Fail(
                $"{ExchangeOptions.Section}:SiloPort is 0; where silos share their storage it names a port, by which the others "
                    + "know after a restart that this is the same silo."
            );
        }

        if (!IPAddress.TryParse(options.Address, out _))
        {
            return ValidateOptionsResult.Fail(
                $"{Section}:Address is '{options.Address}'; it may be an IP address of this machine."
            );
        }

        return options.Listen is null || (IPEndPoint.TryParse(options.Listen, out var listen) && listen.Port != 0)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{Section}:Listen is '{options.Listen}'; it may be an IP address and a port of this machine, as 0.0.0.0:11111."
            );
    }
}
