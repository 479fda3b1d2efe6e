using SignalExchange.AccessLog;
using SignalExchange.Audit.Anomalies;
using SignalExchange.Audit.Export;
using SignalExchange.Audit.Search;
using SignalExchange.Clustering;
using SignalExchange.Grains.Disputes;
using SignalExchange.Grains.People;
using SignalExchange.Grains.Quotas;
using SignalExchange.Grains.Shards;
using SignalExchange.Grains.Templates;
using SignalExchange.Index;
using SignalExchange.Index.Templates;
using SignalExchange.KeyService;
using SignalExchange.Silo.Census;
using SignalExchange.Silo.Hosting;
using SignalExchange.Silo.Keys.Rotation;
using SignalExchange.Silo.Load;
using SignalExchange.Silo.Quotas;
using SignalExchange.Silo.Security;
using SignalExchange.Silo.Security.Silos;
using SignalExchange.Silo.Signals;
using SignalExchange.Silo.SignIn;
using SignalExchange.Silo.Telemetry;
using SignalExchange.Storage.Azure;
using SignalExchange.Storage.Postgres;

namespace SignalExchange.Silo.Operations;

/// <summary>The sections of the configuration, and the options that each is read into.</summary>
internal static class SettingSections
{
    /// <summary>Gets them. A section may be read into several options.</summary>
    public static IReadOnlyList<(string Name, Type Options)> All { get; } =
    [
        ("exchange", typeof(ExchangeOptions)),
        ("exchange.accesslog", typeof(AccessLogOptions)),
        ("exchange.audit.anomalies", typeof(AnomalyOptions)),
        ("exchange.audit.export", typeof(ExportOptions)),
        ("exchange.audit.search", typeof(SearchOptions)),
        ("exchange.census", typeof(CensusOptions)),
        ("exchange.cluster", typeof(SiloIdentityOptions)),
        ("exchange.cluster", typeof(StandingOptions)),
        ("exchange.cluster.tls", typeof(SiloTlsOptions)),
        ("exchange.connections", typeof(ConnectionOptions)),
        ("exchange.disputes", typeof(DisputeOptions)),
        ("exchange.index", typeof(IndexOptions)),
        ("exchange.keys", typeof(KeyServiceOptions)),
        ("exchange.keys.rotation", typeof(RotationOptions)),
        ("exchange.load", typeof(LoadOptions)),
        ("exchange.quotas", typeof(QuotaOptions)),
        ("exchange.quotas.burst", typeof(BurstOptions)),
        ("exchange.security", typeof(SecurityOptions)),
        ("exchange.shards", typeof(ShardOptions)),
        ("exchange.signals", typeof(SignalOptions)),
        ("exchange.signin", typeof(SignInOptions)),
        ("exchange.signin.sessions", typeof(PersonOptions)),
        ("exchange.storage.azurestorage", typeof(AzureStorageOptions)),
        ("exchange.storage.postgres", typeof(PostgresStorageOptions)),
        ("exchange.telemetry", typeof(TelemetryOptions)),
        ("exchange.templates", typeof(TemplateOptions)),
        ("exchange.templates.growth", typeof(GrowthOptions)),
    ];
}
