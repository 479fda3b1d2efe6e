using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SignalExchange.Client.Administration;
using SignalExchange.Client.Audit;
using SignalExchange.Client.Bulk;
using SignalExchange.Client.Checks;
using SignalExchange.Client.Disputes;
using SignalExchange.Client.Errors;
using SignalExchange.Client.Keys;
using SignalExchange.Client.Options;
using SignalExchange.Client.Submissions;
using SignalExchange.Client.Telemetry;
using SignalExchange.Client.Templates;
using SignalExchange.Client.TokenCache;
using SignalExchange.Client.Transport;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Errors;
using SignalExchange.Contracts.V1;
using SignalExchange.Tokens;

namespace SignalExchange.Client;

/// <summary>The SDK's client. One file a capability; this one holds what they share.</summary>
/// <remarks>
/// Safe from any thread; make one for the process and keep it. Nothing is connected before the first call. Calls after disposal, and
/// those under way, fail.
/// </remarks>
public sealed partial class SignalExchangeClient : ISignalExchangeClient, IAsyncDisposable, IDisposable
{
    /// <summary>The name of the activity source and of the meter: for <c>AddSource</c> and <c>AddMeter</c> of OpenTelemetry.</summary>
    public const string TelemetryName = ClientTelemetry.Name;

    private readonly SignalExchangeClientOptions _options;
    private readonly ISignalCalls _calls;
    private readonly TokenBatches _batches;
    private readonly AdTokens _ads;
    private readonly TokenBatches _reads;
    private readonly TokenChecker _checker;
    private readonly BulkPipeline _bulk;
    private readonly PositionMemory _positions;
    private readonly ItemRetries _itemRetries;
    private readonly ExchangeCalls? _exchange;
    private readonly List<IDisposable> _owned = [];

    /// <summary>Creates a client; opens nothing until it is used.</summary>
    /// <param name="options">The options; not to be changed any more.</param>
    /// <exception cref="ValidationException">Options are missing or out of range; the message says of each which, what it is and what it may be.</exception>
    public SignalExchangeClient(SignalExchangeClientOptions options)
        : this(options, Validated(options)) { }

    /// <summary>Creates a client over other calls and tokens than the network's: the fake's.</summary>
    internal SignalExchangeClient(SignalExchangeClientOptions options, ISignalCalls calls, ITokenSource tokens)
    {
        _options = options;
        _calls = calls;
        _batches = new TokenBatches(tokens, options.BatchSize);
        _ads = new AdTokens(tokens, options.AdCacheSize);
        _reads = new TokenBatches(tokens, Math.Min(options.BatchSize, Limits.MaxGetBatch));
        _positions = new PositionMemory(options.Clock);
        _checker = new TokenChecker(options.ReadsOwnWrites ? _positions : null);
        _itemRetries = new ItemRetries(options, LogOf(options));
        _bulk = new BulkPipeline(options);
    }

    private SignalExchangeClient(SignalExchangeClientOptions options, ExchangeCalls calls)
        : this(options, calls, TokensOf(options, calls, out var owned))
    {
        _exchange = calls;
        _owned = [calls, .. owned];
    }

    /// <summary>Gets what operators do: members and their keys. Calls are refused to other keys.</summary>
    public MemberAdministration Members => new(Exchange);

    /// <summary>Gets what operators do: sharing groups.</summary>
    public GroupAdministration Groups => new(Exchange);

    /// <summary>Gets what operators decide for the whole exchange: retention, thresholds, legal holds.</summary>
    public PolicyAdministration Policy => new(Exchange);

    /// <summary>Gets what operators do: approve or refuse what another operator asked for.</summary>
    public ApprovalAdministration Approvals => new(Exchange);

    /// <summary>Gets what operators do: accounts of people who sign in to the console.</summary>
    public PersonAdministration People => new(Exchange);

    /// <summary>Gets disputes on signals.</summary>
    public DisputeClient Disputes => new(Exchange);

    /// <summary>Gets what custodians do: VOPRF keys and their rotations; operators and auditors read.</summary>
    public KeyCustody Keys => new(Exchange);

    /// <summary>Gets how an invited member enrols the key of this client's credential.</summary>
    public Enrolment Enrolment => new(Exchange, _options.Credential!);

    /// <summary>Gets what auditors do with the access log. Calls are refused to other keys.</summary>
    public AuditClient Audit => new(Exchange);

    private ExchangeCalls Exchange =>
        _exchange
        ?? throw new NotSupportedException("This client's exchange is a fake; it has members, and no registry.");

    /// <inheritdoc/>
    public Task<IReadOnlyList<EvaluatedIdentifier>> MakeTokensAsync(
        IReadOnlyList<Identifier> identifiers,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(identifiers);
        return ClientTelemetry.MeasureAsync(
            ClientOperation.MakeTokens,
            identifiers.Count,
            () =>
                _batches.RunAsync<Identifier, EvaluatedIdentifier>(
                    identifiers,
                    static identifier => identifier,
                    static _ => Token.Size,
                    static (batch, _) => Task.FromResult<IEnumerable<EvaluatedIdentifier>>(batch.Tokens),
                    cancellationToken
                )
        );
    }

    /// <summary>Closes the connections and forgets the tokens. Does not dispose the credential, which may serve other clients.</summary>
    public void Dispose()
    {
        _ads.Dispose();
        _owned.ForEach(own => own.Dispose());
    }

    /// <summary>Closes the connections and forgets the tokens. Does not dispose the credential, which may serve other clients.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Refuses a purpose that the exchange would refuse, before tokens are made.</summary>
    private static void RequirePurpose(CheckPurpose purpose)
    {
        if (purpose == CheckPurpose.Unspecified || !Enum.IsDefined(purpose))
        {
            var refusal =
                purpose == CheckPurpose.Unspecified
                    ? new Refusal(ErrorReason.FieldMissing, "purpose")
                    : new Refusal(ErrorReason.EnumUnknown, "purpose", null, (int)purpose);
            throw new SignalExchangeException(ErrorCatalog.CodeOf(refusal.Reason), refusal, null, null);
        }
    }

    private static ExchangeCalls Validated(SignalExchangeClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var problems = SignalExchangeClientOptionsValidator.ProblemsOf(options);
        return problems.Count == 0
            ? new ExchangeCalls(options, LogOf(options))
            : throw new ValidationException(string.Join(Environment.NewLine, problems));
    }

    private static ILogger LogOf(SignalExchangeClientOptions options) =>
        (options.Loggers ?? NullLoggerFactory.Instance).CreateLogger(ClientTelemetry.Name);

    private static TokenSource TokensOf(
        SignalExchangeClientOptions options,
        ExchangeCalls calls,
        out List<IDisposable> owned
    )
    {
        var log = LogOf(options);
        var guard = new KeyPinGuard(options.Pins ?? new MemoryKeyManifestPins(), options.PinnedKeys, log);
        var keys = new KeyRing(calls.GetKeyManifestsAsync, guard, log);
        owned = [keys];
        var cache = options.TokenCache;
        if (cache is null)
        {
            var memory = new MemoryTokenCache(options.TokenCacheSize);
            owned.Add(memory);
            cache = memory;
        }

        var secret = options.TokenCacheSecret ?? RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes);
        return new TokenSource(new TokenMaker(calls), keys, new TolerantTokenCache(cache, log), secret, log);
    }
}
