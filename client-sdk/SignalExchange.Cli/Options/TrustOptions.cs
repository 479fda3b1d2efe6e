using System.CommandLine;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.Cli.Options;

/// <summary>The options that say whose signatures on a log's checkpoint are believed.</summary>
internal sealed class TrustOptions(bool needsKey = true)
{
    private readonly Option<string[]> _keys = new("--key")
    {
        Description = needsKey
            ? "The log's verifier key, name+id+key; may be given again."
            : "The log's verifier key, name+id+key; may be given again. Without it, damage shows and a forged log does not.",
        Required = needsKey,
    };

    private readonly Option<string[]> _witnessKeys = new("--witness-key")
    {
        Description = "A witness's verifier key; may be given again.",
    };

    private readonly Option<int?> _witnesses = new("--witnesses")
    {
        Description = "How many of the witnesses must have signed; all of them if not given.",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_keys);
        command.Options.Add(_witnessKeys);
        command.Options.Add(_witnesses);
    }

    /// <exception cref="UsageException">A key is none, or more witnesses are asked for than keys are given.</exception>
    public CheckpointPolicy Read(ParseResult parsed)
    {
        var keys = ReadKeys("--key", parsed.GetValue(_keys), SignatureKind.Ed25519);
        var witnessKeys = ReadKeys("--witness-key", parsed.GetValue(_witnessKeys), SignatureKind.Cosignature);
        var quorum = parsed.GetValue(_witnesses) ?? witnessKeys.Count;
        return quorum >= 0 && quorum <= witnessKeys.Count
            ? new CheckpointPolicy(keys, witnessKeys, quorum)
            : throw new UsageException($"--witnesses is from 0 to the number of --witness-key, {witnessKeys.Count}.");
    }

    internal static List<VerifierKey> ReadKeys(string option, string[]? texts, SignatureKind kind) =>
        [.. (texts ?? []).Select(text => ReadKey(option, text, kind)).Distinct()];

    private static VerifierKey ReadKey(string option, string text, SignatureKind kind)
    {
        try
        {
            var key = VerifierKey.Parse(text);
            return key.Kind == kind
                ? key
                : throw new UsageException(
                    $"{option} takes keys of type {(int)kind}; {key.Name}'s is of {(int)key.Kind}."
                );
        }
        catch (FormatException exception)
        {
            throw new UsageException($"{option}: {exception.Message}");
        }
    }
}
