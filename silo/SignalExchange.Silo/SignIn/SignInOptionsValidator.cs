using System.Net;
using Microsoft.Extensions.Options;
using SignalExchange.Contracts.Forms;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.SignIn;

/// <summary>What the attributes of <see cref="SignInOptions"/> cannot say.</summary>
internal sealed class SignInOptionsValidator : IValidateOptions<SignInOptions>
{
    private const string Section = "Exchange:SignIn:Provider";

    public ValidateOptionsResult Validate(string? name, SignInOptions options)
    {
        var wrong = options.Provider.Authority is null
            ? (
                options.LocalAccounts
                    ? []
                    : ["Exchange:SignIn:LocalAccounts is false, and there is no provider: nobody could sign in."]
            )
            : Check(options.Provider).ToList();
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }

    private static IEnumerable<string> Check(ProviderOptions provider)
    {
        if (!IsSafe(provider.Authority!))
        {
            yield return $"{Section}:Authority is '{provider.Authority}'; it must be an https address, or http on loopback.";
        }

        if (provider.ClientId.Length == 0)
        {
            yield return $"{Section}:ClientId is empty; name what the provider knows this exchange by.";
        }

        if (provider.ClientSecretFile is { } file && !File.Exists(file))
        {
            yield return $"{Section}:ClientSecretFile is '{file}', which is no file.";
        }

        if (provider.Roles.Count == 0)
        {
            yield return $"{Section}:Roles is empty; nobody would have a role. List at least one value of {provider.RoleClaim}.";
        }

        foreach (var (place, role) in provider.Roles.Index().Where(it => !IsRole(it.Item)))
        {
            yield return $"{Section}:Roles:{place} must have a Value, a Role (Operator, Auditor or MemberAdministrator) and, for the last, a Member.";
        }
    }

    private static bool IsSafe(Uri authority) =>
        authority.IsAbsoluteUri
        && (
            authority.Scheme == Uri.UriSchemeHttps
            || (authority.Scheme == Uri.UriSchemeHttp && (authority.IsLoopback || IsLoopback(authority.Host)))
        );

    private static bool IsLoopback(string host) => IPAddress.TryParse(host, out var ip) && IPAddress.IsLoopback(ip);

    private static bool IsRole(ProviderRole role) =>
        role.Value.Length > 0
        && FieldFormats.Fits(FieldFormat.Slug, role.Member)
        && role.Role is KeyRole.MemberAdministrator or KeyRole.Operator or KeyRole.Auditor
        && (role.Role == KeyRole.MemberAdministrator) == (role.Member != Contracts.MemberId.Consortium.Value);
}
