using Microsoft.Extensions.Options;

namespace SignalExchange.Clustering;

/// <summary>What the attributes of <see cref="StandingOptions"/> cannot say.</summary>
internal sealed class StandingOptionsValidator : IValidateOptions<StandingOptions>
{
    public ValidateOptionsResult Validate(string? name, StandingOptions options) =>
        options.StandingLimit < 2 * options.PulseInterval
            ? ValidateOptionsResult.Fail(
                $"Exchange:Cluster:StandingLimit is {options.StandingLimit}; it must be at least twice PulseInterval, {options.PulseInterval}."
            )
            : ValidateOptionsResult.Success;
}
