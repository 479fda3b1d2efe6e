namespace SignalExchange.Silo.SignIn;

/// <summary>The site's OpenID provider: authorization code flow with PKCE.</summary>
public sealed class ProviderOptions
{
    /// <summary>Gets or sets the issuer, as <c>https://login.example/</c>.</summary>
    /// <value>An https address; http on loopback only. Null, the default, for no provider.</value>
    public Uri? Authority { get; set; }

    /// <summary>Gets or sets the name by which the provider knows this exchange.</summary>
    /// <value>Required with <see cref="Authority"/>.</value>
    public string ClientId { get; set; } = "";

    /// <summary>Gets or sets the file that holds the client's secret; its last line break is not part of it.</summary>
    /// <value>A path; null for a public client.</value>
    public string? ClientSecretFile { get; set; }

    /// <summary>Gets or sets what stands on the button.</summary>
    /// <value>The default is <c>your organisation</c>.</value>
    public string DisplayName { get; set; } = "your organisation";

    /// <summary>Gets or sets what is asked for besides <c>openid</c> and <c>profile</c>, as the provider needs it to send the role.</summary>
    /// <value>Empty by default.</value>
    public IList<string> Scopes { get; } = [];

    /// <summary>Gets or sets the claim that names the person, for others to recognise; brought into the form of a slug.</summary>
    /// <value>The default is <c>preferred_username</c>.</value>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>Gets or sets the claim whose values <see cref="Roles"/> lists.</summary>
    /// <value>The default is <c>roles</c>.</value>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Gets or sets the claim that holds the thumbprint of the operator key that the same human has.</summary>
    /// <value>The default is <c>signalexchange_key</c>. Without it four eyes take a key and an account for two humans.</value>
    public string KeyClaim { get; set; } = "signalexchange_key";

    /// <summary>Gets what the provider's values mean here. The first that a person has holds; whoever has none is refused.</summary>
    public IList<ProviderRole> Roles { get; } = [];
}
