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

        if (!IPAddress.TryParse(options.Address, out var address))
        {
            return ValidateOptionsResult.Fail(
                $"{Section}:Address is '{options.Address}'; it may be an IP address of this machine."
            );
        }

        return IPAddress.IsLoopback(address)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"{Section}:Address is '{options.Address}'; what silos tell each other is not encrypted, so it may only be a loopback address."
            );
    }
}
