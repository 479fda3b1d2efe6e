using System.Diagnostics.Metrics;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Members;

/// <summary>The consortium in numbers, as this silo's copy of the registry has it, on the meter <see cref="MeterName"/>.</summary>
/// <remarks><c>signalexchange.members</c> by <c>state</c>, and <c>signalexchange.groups</c>; every silo tells the same, so take the greatest.</remarks>
internal sealed class MemberMetrics
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "SignalExchange.Members";

    private static readonly MemberState[] States =
    [
        .. Enum.GetValues<MemberState>().Where(state => state is not MemberState.Unspecified),
    ];

    /// <summary>Creates the instruments.</summary>
    public MemberMetrics(IMeterFactory meters, MemberDirectory directory)
    {
        var meter = meters.Create(MeterName);
        meter.CreateObservableUpDownCounter("signalexchange.members", () => Count(directory), "{member}", "Members.");
        meter.CreateObservableUpDownCounter(
            "signalexchange.groups",
            () => directory.Groups.Count,
            "{group}",
            "Sharing groups."
        );
    }

    private static IEnumerable<Measurement<int>> Count(MemberDirectory directory)
    {
        var counts = directory.Members.CountBy(member => member.State).ToDictionary();
        return States.Select(state => new Measurement<int>(
            counts.GetValueOrDefault(state),
            new KeyValuePair<string, object?>("state", state.ToString())
        ));
    }
}
