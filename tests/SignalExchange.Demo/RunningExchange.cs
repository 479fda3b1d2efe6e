namespace SignalExchange.Demo;

/// <summary>An exchange that runs already, and who may add members to it.</summary>
/// <param name="Endpoint">Where it is called.</param>
/// <param name="Operator">The operator's member id.</param>
/// <param name="OperatorKeyFile">The operator's private key, in PEM form.</param>
internal sealed record RunningExchange(Uri Endpoint, string Operator, string OperatorKeyFile)
{
    // What ./run.sh makes.
    private const string DefaultOperator = "consortium";
    private const string DefaultKeyFile = "data/operator.key.pem";

    /// <summary>Reads what was said of it; null when no endpoint was.</summary>
    /// <exception cref="FormatException">It cannot be visited so.</exception>
    public static RunningExchange? Parse(string? endpoint, string? operatorId, string? keyFile)
    {
        if (endpoint is null)
        {
            return operatorId is null && keyFile is null
                ? null
                : throw new FormatException("--operator and --operator-key go with --endpoint.");
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw new FormatException("--endpoint is an http or https address, as http://127.0.0.1:7400.");
        }

        var key = keyFile ?? DefaultKeyFile;
        return File.Exists(key)
            ? new(address, operatorId ?? DefaultOperator, key)
            : throw new FormatException(
                $"There is no operator's key in {key}. Name it: --operator-key FILE; the demo adds three members and takes them off again."
            );
    }
}
