using Microsoft.Extensions.Options;
using SignalExchange.Silo.Hosting;

namespace SignalExchange.Silo.Security.Silos;

/// <summary>The name in the certificates of silos of this cluster; a certificate of another cluster, or a member's, has none such.</summary>
internal sealed class SiloName(IOptions<SiloIdentityOptions> identity)
{
    /// <summary>Gets the name, a URI of ASCII characters only, as the form of certificates wants it.</summary>
    public string Value => "signalexchange:silo:" + Uri.EscapeDataString(identity.Value.ClusterId);
}
