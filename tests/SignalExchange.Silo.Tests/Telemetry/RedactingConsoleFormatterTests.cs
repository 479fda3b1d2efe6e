using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using SignalExchange.Silo.Telemetry;

namespace SignalExchange.Silo.Tests.Telemetry;

/// <summary>What the server writes to its console: a line an entry, and no whole token in it.</summary>
public sealed class RedactingConsoleFormatterTests
{
    private static readonly byte[] Token = SHA256.HashData("a token"u8);
    private static readonly string Hex = Convert.ToHexStringLower(Token);

    private readonly RedactingConsoleFormatter _formatter = new(
        new FakeTimeProvider(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 78, TimeSpan.Zero))
    );

    [Theory]
    [InlineData(LogLevel.Trace, "DEBUG")]
    [InlineData(LogLevel.Debug, "DEBUG")]
    [InlineData(LogLevel.Information, "INFO")]
    [InlineData(LogLevel.Warning, "WARN")]
    [InlineData(LogLevel.Error, "ERROR")]
    [InlineData(LogLevel.Critical, "CRIT")]
    public void An_entry_is_a_line_with_its_time_level_category_and_event(LogLevel level, string word) =>
        Assert.Equal(
            $"2026-02-03T04:05:06.078Z {word} SignalExchange.Index[7] Two lines of one." + Environment.NewLine,
            Write(level, "SignalExchange.Index", "Two lines\r\nof one.")
        );

    [Fact]
    public void A_token_is_cut_from_the_message_and_from_every_exception_in_it()
    {
        var failure = new InvalidOperationException(
            $"Row {Hex} is lost.",
            new KeyNotFoundException(BitConverter.ToString(Token))
        );

        var written = Write(LogLevel.Error, "Orleans.Runtime", $"Request to [indicator/{Hex}] failed.", failure);

        Assert.Empty(SecretForms.Of(Token).FoundIn(written));
        Assert.Contains("Request to [", written, StringComparison.Ordinal);
        Assert.Contains("System.InvalidOperationException: Row ", written, StringComparison.Ordinal);
        Assert.Contains("System.Collections.Generic.KeyNotFoundException: ", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information, false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Debug, false)]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Warning, true)]
    [InlineData("SignalExchange.Silo", LogLevel.Information, true)]
    public void Of_a_message_that_repeats_what_a_caller_sent_the_template_is_written(
        string category,
        LogLevel level,
        bool isWhole
    )
    {
        var written = Write(level, category, "GET /jo@mail.example");

        Assert.Equal(isWhole, written.Contains("jo@mail.example", StringComparison.Ordinal));
        Assert.Equal(!isWhole, written.Contains("{Method} {Path}", StringComparison.Ordinal));
    }

    private string Write(LogLevel level, string category, string message, Exception? failure = null)
    {
        KeyValuePair<string, object?>[] state = [new("{OriginalFormat}", "{Method} {Path}")];
        using var writer = new StringWriter();
        var entry = new LogEntry<IReadOnlyList<KeyValuePair<string, object?>>>(
            level,
            category,
            new EventId(7),
            state,
            failure,
            (_, _) => message
        );
        _formatter.Write(entry, null, writer);
        return writer.ToString();
    }
}
