using SignalExchange.WebConsole;

namespace SignalExchange.Silo.Browsers;

/// <summary>Whose page is open: one a circuit, filled when it opens.</summary>
/// <param name="end">Tells the page when the session is over.</param>
internal sealed class CircuitSession(SessionEnd end)
{
    /// <summary>Gets the account; empty before the circuit has opened.</summary>
    public string Account { get; private set; } = "";

    /// <summary>Gets the session's id.</summary>
    public string Session { get; private set; } = "";

    /// <summary>Gets the address of the browser.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Takes note of who it is.</summary>
    public void Set(System.Security.Claims.ClaimsPrincipal user)
    {
        Account = ConsolePrincipal.AccountOf(user);
        Session = ConsolePrincipal.SessionOf(user);
        Address = ConsolePrincipal.AddressOf(user);
    }

    /// <summary>Tells the page that the session is over.</summary>
    public void End() => end.Raise();
}
