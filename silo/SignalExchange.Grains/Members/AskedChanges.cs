using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SignalExchange.Contracts;
using SignalExchange.Contracts.V1;
using SignalExchange.Grains.People;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.Members;

/// <summary>What an act that waits would change, whole, for who decides on it: what is not in here, nobody has agreed to.</summary>
/// <remarks>Pure. What the act itself will be recorded to have changed, and with it what that does not say: <see cref="RegistryChanges"/>.</remarks>
internal static class AskedChanges
{
    private const string FilterSetting = "export.filter";

    /// <summary>Returns what an act would change now; null if it could not be done.</summary>
    public static IReadOnlyList<LogChange>? Of(RegistryState state, RegistryAct act, DateTimeOffset now)
    {
        var step = RegistryActs.Apply(state, act, now);
        return step.Refusal is null ? Of(state, act, step) : null;
    }

    /// <summary>Returns what an act would change that came to a step.</summary>
    public static IReadOnlyList<LogChange> Of(RegistryState state, RegistryAct act, RegistryStep step)
    {
        var changes = RegistryChanges.Between(state, step.Next ?? state);
        return [.. changes.Select(WithoutTime), .. Beside(state, act, changes)];
    }

    // A code is good for a day from the approval on, which is not known yet, and not what is decided.
    private static LogChange WithoutTime(LogChange change) =>
        change.Setting == RegistryChanges.CodeSetting && change.NewValue.Length > 0
            ? new LogChange(change) { NewValue = $"{change.NewValue.Split('/')[0]}/new" }
            : change;

    // What is there already and comes into force with the act, or is handed to somebody by it; and what an export would take out.
    private static IEnumerable<LogChange> Beside(
        RegistryState state,
        RegistryAct act,
        IReadOnlyList<LogChange> changes
    ) =>
        act.KindCase switch
        {
            RegistryAct.KindOneofCase.ActivateMember
            or RegistryAct.KindOneofCase.ReinstateMember
                when state.FindMember(RegistryActs.MemberOf(act)) is { } member => Rest(
                RegistryChanges.Standing(member),
                changes
            ),
            RegistryAct.KindOneofCase.InvitePerson
            or RegistryAct.KindOneofCase.ResetPerson
                when state.FindLogin(RegistryActs.LoginOf(state, act)) is { } record => Rest(
                RegistryChanges.Standing(record),
                changes
            ),
            RegistryAct.KindOneofCase.ExportLog => Taken(act.ExportLog),
            _ => [],
        };

    private static IEnumerable<LogChange> Rest(IEnumerable<LogChange> standing, IReadOnlyList<LogChange> changes) =>
        standing.Where(it => changes.All(change => (change.Setting, change.OldValue) != (it.Setting, it.OldValue)));

    private static IEnumerable<LogChange> Taken(RequestExportRequest export)
    {
        yield return Set("export.format", export.FileFormat.ToString());
        var terms = Terms(export.Filter ?? new()).ToList();
        foreach (var term in terms.Count > 0 ? terms : [Set(FilterSetting, "everything")])
        {
            yield return term;
        }
    }

    // By the descriptor, so that no term of the filter is ever forgotten here.
    private static IEnumerable<LogChange> Terms(EntryFilter filter) =>
        from field in EntryFilter.Descriptor.Fields.InDeclarationOrder()
        where !field.HasPresence || field.Accessor.HasValue(filter)
        from text in Texts(field.Accessor.GetValue(filter))
        select Set($"{FilterSetting}.{field.Name}", text);

    private static IEnumerable<string> Texts(object? value) =>
        value switch
        {
            null or "" => [],
            string text => [text],
            ByteString bytes => bytes.ToByteArray().Chunk(SignalId.Size).Select(Convert.ToHexStringLower),
            Timestamp time => [time.ToDateTime().ToString("O", CultureInfo.InvariantCulture)],
            System.Enum name => Convert.ToInt32(name, CultureInfo.InvariantCulture) == 0 ? [] : [name.ToString()],
            _ => [Convert.ToString(value, CultureInfo.InvariantCulture)!],
        };

    private static LogChange Set(string setting, string value) => new() { Setting = setting, NewValue = value };
}
