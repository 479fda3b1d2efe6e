using System.ComponentModel.DataAnnotations;

namespace SignalExchange.AccessLog;

/// <summary>A witness of the log: https://c2sp.org/tlog-witness.</summary>
public sealed class WitnessOptions
{
    /// <summary>Gets or sets the witness's submission address.</summary>
    /// <value>http or https. There is no default.</value>
    [Required]
    public Uri? Address { get; set; }

    /// <summary>Gets or sets the witness's verifier key, as <c>sigx log keygen</c> prints it.</summary>
    /// <value>name+id+key, of a cosignature (type 4). There is no default.</value>
    [Required]
    public string VerifierKey { get; set; } = "";
}
