using Azure.Core;
using Request = Azure.Core.Request;

namespace SignalExchange.Storage.Azure.Tests.Faults;

/// <summary>A request that the network kept: it arrives when nobody waits for it any more.</summary>
internal sealed class KeptRequest
{
    private readonly HttpMethod _method;
    private readonly Uri _address;
    private readonly HttpHeader[] _headers;
    private readonly byte[] _content;

    private KeptRequest(Request request, byte[] content)
    {
        (_method, _address) = (new(request.Method.Method), request.Uri.ToUri());
        (_headers, _content) = ([.. request.Headers], content);
    }

    public static async Task<KeptRequest> OfAsync(Request request)
    {
        using var content = new MemoryStream();
        await request.Content!.WriteToAsync(content, CancellationToken.None);
        return new(request, content.ToArray());
    }

    /// <summary>Lets it arrive, and returns what the service says.</summary>
    public async Task<string> SendAsync()
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(_method, _address) { Content = new ByteArrayContent(_content) };
        foreach (var header in _headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Name, header.Value))
            {
                request.Content.Headers.TryAddWithoutValidation(header.Name, header.Value);
            }
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
