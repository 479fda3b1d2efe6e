namespace SignalExchange.Tokens.Canonical.Web;

/// <summary>One shape of one service's invitations.</summary>
/// <param name="Hosts">The hosts that answer to it.</param>
/// <param name="Before">What stands between host and code.</param>
/// <param name="Canonical">What stands before the code in the shape that stands for all.</param>
internal sealed record InviteRule(string[] Hosts, string Before, string Canonical);
