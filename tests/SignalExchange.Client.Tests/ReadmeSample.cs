using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client.Tests;

/// <summary>The README's C#, so that it compiles; a test of the architecture compares the two.</summary>
internal static class ReadmeSample
{
    public static async Task Run(ReviewQueue queue)
    {
        #region readme
        using var client = new SignalExchangeClient(
            new SignalExchangeClientOptions
            {
                Endpoint = new Uri("https://exchange.example"),
                Credential = MemberCredential.FromPemFile(new MemberId("platform-a"), "platform-a.key.pem"),
            }
        );
        var identifier = Identifier.Phone("(202) 555-0143", defaultRegion: "US").GetOrThrow(); // stays in this process
        var result = await client.CheckAsync(identifier, CheckPurpose.Registration);
        if (result.Verdict is { PermittedAction: PermittedAction.ReviewRequired } verdict)
        {
            queue.SendToReview(verdict.Signals); // a lead with permitted actions, never "bad person"
        }
        #endregion
    }

    public sealed class ReviewQueue
    {
        public List<Signal> Waiting { get; } = [];

        public void SendToReview(IEnumerable<Signal> signals) => Waiting.AddRange(signals);
    }
}
