using System.Collections.Concurrent;
using SignalExchange.Contracts;
using SignalExchange.Silo.Tests.Telemetry;

namespace SignalExchange.WebConsole.BrowserTests;

/// <summary>What no page may show: tokens that the exchange was given, and what only its members know.</summary>
public sealed class Secrets
{
    private readonly ConcurrentDictionary<string, SecretForms> _sought = new(StringComparer.Ordinal);

    /// <summary>Gets how many there are.</summary>
    public int Count => _sought.Count;

    /// <summary>Adds a token.</summary>
    public void Add(Token token) => Add($"{token}", token.ToArray());

    /// <summary>Adds bytes, 16 at least.</summary>
    public void Add(string what, ReadOnlySpan<byte> secret) => _sought[what] = SecretForms.Of(secret);

    /// <summary>Adds a text.</summary>
    public void Add(string what, string secret) => _sought[what] = SecretForms.Of(secret);

    /// <summary>Returns what of it stands in a page, and in which form.</summary>
    public IReadOnlyList<string> FoundIn(byte[] page) =>
        [.. _sought.SelectMany(it => it.Value.FoundIn(page).Select(form => $"{it.Key}, {form}"))];
}
