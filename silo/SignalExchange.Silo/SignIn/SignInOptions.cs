using System.ComponentModel.DataAnnotations;

namespace SignalExchange.Silo.SignIn;

/// <summary>How people sign in to the console.</summary>
public sealed class SignInOptions
{
    /// <summary>Gets or sets how many attempts one address may make in a minute on one silo, whatever accounts they are for.</summary>
    /// <value>From 1 to 10,000. The default is 20.</value>
    [Range(1, 10_000)]
    public int AttemptsPerAddress { get; set; } = 20;

    /// <summary>Gets or sets how many passwords are hashed at the same time; each takes 64 MiB while it is.</summary>
    /// <value>From 1 to 64. The default is 2.</value>
    [Range(1, 64)]
    public int MaxParallelHashes { get; set; } = 2;

    /// <summary>Gets or sets whether local accounts may sign in.</summary>
    /// <value>The default is true: a site with a provider sets it to false once its operators come by the provider.</value>
    public bool LocalAccounts { get; set; } = true;

    /// <summary>Gets or sets the site's OpenID provider.</summary>
    /// <value>No provider by default.</value>
    public ProviderOptions Provider { get; set; } = new();
}
