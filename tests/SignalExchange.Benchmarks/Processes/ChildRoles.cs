using System.Text.Json;
using SignalExchange.Benchmarks.Compare;
using SignalExchange.Benchmarks.Exchanges;
using SignalExchange.Benchmarks.Load;
using SignalExchange.Benchmarks.Peers;
using SignalExchange.Benchmarks.Soak;
using SignalExchange.Benchmarks.Voprf;

namespace SignalExchange.Benchmarks.Processes;

/// <summary>What a child process can be.</summary>
internal static class ChildRoles
{
    public const string Exchange = "exchange";
    public const string Peer = "peer";
    public const string Load = "load";
    public const string MixedLoad = "mixed-load";
    public const string BareInserts = "bare-inserts";
    public const string Rows = "rows";
    public const string BlindFinalise = "blind-finalise";

    /// <summary>Plays a role until the parent ends the conversation.</summary>
    public static Task Play(string role, string settings) =>
        role switch
        {
            Exchange => ExchangeRole.Play(Read<ExchangeSettings>(settings)),
            Peer => PeerRole.Play(Read<PeerSettings>(settings)),
            Load => LoadRole.Play(Read<LoadSettings>(settings)),
            MixedLoad => MixedLoadRole.Play(Read<MixedLoadSettings>(settings)),
            Rows => RowsRole.Play(Read<RowsSettings>(settings)),
            BlindFinalise => BlindFinaliseRole.Play(),
            BareInserts => BareInsertsRole.Play(Read<BareInsertsSettings>(settings)),
            _ => throw new FormatException($"There is no role '{role}'."),
        };

    private static T Read<T>(string settings) => JsonSerializer.Deserialize<T>(settings, ChildProcess.Json)!;
}
