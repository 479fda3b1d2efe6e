using System.ComponentModel.DataAnnotations;
using System.Net;

namespace SignalExchange.Silo.Hosting;

/// <summary>Which cluster a silo belongs to, and where the others find it; for engines that several silos share.</summary>
public sealed class SiloIdentityOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = ExchangeOptions.Section + ":Cluster";

    /// <summary>What cluster and service are called unless they are named.</summary>
    public const string DefaultName = "signalexchange";

    /// <summary>Gets or sets the name of the cluster: silos of one name talk to each other.</summary>
    /// <value>From 1 to 150 characters. The default is <c>signalexchange</c>.</value>
    [Required]
    [StringLength(150, MinimumLength = 1)]
    public string ClusterId { get; set; } = DefaultName;

    /// <summary>Gets or sets the name of the service: whose reminders they are. Stays for the life of an exchange.</summary>
    /// <value>From 1 to 150 characters. The default is <c>signalexchange</c>.</value>
    [Required]
    [StringLength(150, MinimumLength = 1)]
    public string ServiceId { get; set; } = DefaultName;

    /// <summary>Gets or sets the address at which the other silos reach this one, and at which it listens.</summary>
    /// <value>An IP address; without TLS between silos a loopback address. The default is <c>127.0.0.1</c>: all silos are on this machine.</value>
    [Required]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Gets or sets where this silo listens for the others, if that is not where they reach it: where ports are mapped.</summary>
    /// <value>An IP address and a port, as <c>0.0.0.0:11111</c>. Null, the default, for the address and port that others are told.</value>
    public string? Listen { get; set; }

    /// <summary>Gets or sets the port on which clients of the cluster that are no silos connect.</summary>
    /// <value>From 0 to 65535; 0 for none. The default is 0.</value>
    [Range(0, 65_535)]
    public int GatewayPort { get; set; }

    /// <summary>Gets or sets whether this silo is a pod of Kubernetes: it bears the pod's name, and silos whose pods are gone are declared dead.</summary>
    /// <value>
    /// True takes <c>POD_NAME</c>, <c>POD_NAMESPACE</c> and <c>POD_IP</c> in the environment, the last one as <see cref="Address"/>, and an account that may
    /// read pods. The same on every silo of the cluster. The default is false.
    /// </value>
    public bool Kubernetes { get; set; }

    /// <summary>Returns where this silo listens.</summary>
    /// <param name="siloPort">The port at which the others reach it.</param>
    internal IPEndPoint ListensAt(int siloPort) =>
        Listen is null ? new(IPAddress.Parse(Address), siloPort) : IPEndPoint.Parse(Listen);
}
