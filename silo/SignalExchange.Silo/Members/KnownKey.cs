using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;
using SignalExchange.Silo.Security;

namespace SignalExchange.Silo.Members;

/// <summary>A live key of a member, ready to check signatures with.</summary>
internal sealed class KnownKey
{
    public KnownKey(Caller caller, Member member, MemberKey key)
    {
        var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
        Member = member;
        SecurityKey = new ECDsaSecurityKey(ecdsa) { KeyId = key.Thumbprint };
        Identity = new CallerIdentity(caller, key.Role, key.Thumbprint);
    }

    /// <summary>Gets the member whose key it is.</summary>
    public Member Member { get; }

    /// <summary>Gets whether its member may call at all.</summary>
    public bool MayCall => Member.State is MemberState.Active or MemberState.Test;

    /// <summary>Gets the key in the form that token validation takes.</summary>
    public SecurityKey SecurityKey { get; }

    /// <summary>Gets what a call signed with this key is made as.</summary>
    public CallerIdentity Identity { get; }
}
