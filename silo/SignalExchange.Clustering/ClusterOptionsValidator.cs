using Microsoft.Extensions.Options;

namespace SignalExchange.Clustering;

/// <summary>What the attributes of <see cref="ClusterOptions"/> cannot say.</summary>
internal sealed class ClusterOptionsValidator : IValidateOptions<ClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterOptions options) =>
        options.StandingLimit < 2 * options.PulseInterval
            ? ValidateOptionsResult.Fail(
                $"Exchange:Cluster:StandingLimit is {options.StandingLimit}; it must be at least twice PulseInterval, {options.PulseInterval}."
            )
            : ValidateOptionsResult.Success;
}
