using Microsoft.AspNetCore.Authorization;

namespace SignalExchange.Silo.Security;

/// <summary>The caller's role may call the method, as <see cref="MethodRoles"/> has it.</summary>
internal sealed class MethodRoleRequirement : IAuthorizationRequirement;
