using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.Security;

/// <summary>How callers prove who they are.</summary>
public sealed class SecurityOptions
{
    /// <summary>Gets or sets the audience that members' tokens must name: this exchange.</summary>
    /// <value>3 to 64 characters. The default is <c>signalexchange</c>.</value>
    [Required]
    [StringLength(64, MinimumLength = 3)]
    public string Audience { get; set; } = "signalexchange";
}
