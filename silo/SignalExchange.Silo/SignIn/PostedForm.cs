using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;

namespace SignalExchange.Silo.SignIn;

/// <summary>A form that a page of this server sent: small, and with the token that only our own pages have.</summary>
internal sealed class PostedForm
{
    private const int MaxValueLength = 4096;

    private static readonly FormOptions Options = new()
    {
        ValueCountLimit = 16,
        KeyLengthLimit = 64,
        ValueLengthLimit = MaxValueLength,
        BufferBodyLengthLimit = 64 * 1024,
        MultipartBodyLengthLimit = 0,
    };

    private readonly IFormCollection _fields;

    private PostedForm(IFormCollection fields) => _fields = fields;

    /// <summary>Reads the form of a request.</summary>
    /// <returns>The form; null when another site sent it, or it is none.</returns>
    public static async Task<PostedForm?> Read(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            http.Features.Set<IFormFeature>(new FormFeature(http.Request, Options));
            var fields = await http.Request.ReadFormAsync(http.RequestAborted);
            var antiforgery = http.RequestServices.GetRequiredService<IAntiforgery>();
            return await antiforgery.IsRequestValidAsync(http) ? new PostedForm(fields) : null;
        }
        catch (Exception failure) when (failure is InvalidDataException or BadHttpRequestException)
        {
            return null;
        }
    }

    /// <summary>Returns a field's value; empty when it was not sent.</summary>
    public string this[string field] => _fields.TryGetValue(field, out var value) ? $"{value}" : "";
}
