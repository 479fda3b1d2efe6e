using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure;
using Azure.Core;

namespace SignalExchange.Storage.Azure.Tests.Faults;

/// <summary>A reply that a test makes up.</summary>
internal sealed class CannedResponse(int status, string code) : Response
{
    public override int Status => status;

    public override string ReasonPhrase => code;

    public override string ClientRequestId { get; set; } = "";

    public override Stream? ContentStream { get; set; } =
        new MemoryStream(
            Encoding.UTF8.GetBytes(
                // As tables say it, and as blobs do.
                $$"""
                {
                  "odata.error": { "code": "{{code}}", "message": { "lang": "en-US", "value": "A test's reply." } },
                  "error": { "code": "{{code}}", "message": "A test's reply." }
                }
                """
            )
        );

    // The SDK reads replies that it has buffered after it has disposed them.
    public override void Dispose() { }

    protected override bool ContainsHeader(string name) => TryGetHeader(name, out _);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() =>
        [new("Content-Type", "application/json"), new("x-ms-error-code", code)];

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value)
    {
        value = EnumerateHeaders()
            .Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            .Select(header => header.Value)
            .FirstOrDefault();
        return value is not null;
    }

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = TryGetHeader(name, out var value) ? [value] : null;
        return values is not null;
    }
}
