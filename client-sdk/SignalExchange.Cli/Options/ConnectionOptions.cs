using System.CommandLine;
using SignalExchange.Cli.Logs;
using SignalExchange.Client;
using SignalExchange.Client.Credentials;
using SignalExchange.Client.Options;
using SignalExchange.Contracts;

namespace SignalExchange.Cli.Options;

/// <summary>The options that say where the exchange is and who asks; each has an environment variable.</summary>
internal sealed class ConnectionOptions
{
    private readonly Option<string[]> _endpoint = new("--endpoint")
    {
        Description = "The exchange's address; those of several silos by commas or repeated [SIGX_ENDPOINT].",
        DefaultValueFactory = _ => [Environment.GetEnvironmentVariable("SIGX_ENDPOINT") ?? "http://127.0.0.1:7400"],
    };

    private readonly Option<string?> _member = new("--member")
    {
        Description = "The member that asks [SIGX_MEMBER].",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIGX_MEMBER"),
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "The file with the member's private key [SIGX_KEY].",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIGX_KEY"),
    };

    private readonly Option<string> _audience = new("--audience")
    {
        Description = "The exchange's name, as its tokens state it.",
        DefaultValueFactory = _ => "signalexchange",
    };

    private readonly Option<string?> _receipts = new("--receipts")
    {
        Description = "Add the receipts of answers to this file, to prove them by later [SIGX_RECEIPTS].",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SIGX_RECEIPTS"),
    };

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON." };

    public void AddTo(Command command)
    {
        command.Options.Add(_endpoint);
        command.Options.Add(_member);
        command.Options.Add(_key);
        command.Options.Add(_audience);
        command.Options.Add(_receipts);
        command.Options.Add(_json);
    }

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Connects; the caller disposes.</summary>
    public SignalExchangeClient Connect(ParseResult parsed)
    {
        var member =
            parsed.GetValue(_member) ?? throw new UsageException("Say who asks: --member NAME, or SIGX_MEMBER.");
        var key =
            parsed.GetValue(_key)
            ?? throw new UsageException("Give the member's private key: --key FILE, or SIGX_KEY.");
        var endpoints = EndpointText.Parse(parsed.GetValue(_endpoint)!);
        return new SignalExchangeClient(
            new SignalExchangeClientOptions
            {
                Endpoint = endpoints[0],
                OtherEndpoints = endpoints[1..],
                Credential = MemberCredential.FromPemFile(new MemberId(member), key),
                Audience = parsed.GetValue(_audience)!,
                Receipts = parsed.GetValue(_receipts) is { } file ? new ReceiptFile(file) : null,
            }
        );
    }
}
