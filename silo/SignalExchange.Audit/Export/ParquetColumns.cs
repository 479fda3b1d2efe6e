using Parquet.Schema;

namespace SignalExchange.Audit.Export;

/// <summary>The columns of a Parquet file: the same as of a CSV file, typed; what is empty there is empty or null here.</summary>
internal static class ParquetColumns
{
    /// <summary>Gets them in order.</summary>
    public static IReadOnlyList<ParquetColumn> All { get; } =
    [
        Of<long>("index", row => row.Index),
        Of<DateTime>("time", row => row.Time),
        Text("retention", row => row.Retention),
        Text("state", row => row.State),
        Text("actor_kind", row => row.ActorKind),
        Text("member_id", row => row.MemberId),
        Text("key_thumbprint", row => row.KeyThumbprint),
        Text("role", row => row.Role),
        Text("method", row => row.Method),
        Text("purpose", row => row.Purpose),
        Text("request_id", row => row.RequestId),
        Optional<int>("status_code", row => row.StatusCode),
        Text("reason", row => row.Reason),
        Optional<long>("asked", row => row.Asked),
        Optional<long>("hits", row => row.Hits),
        Optional<long>("refused", row => row.Refused),
        Text("audiences", row => row.Audiences),
        Text("pseudonyms", row => row.Pseudonyms),
        Text("subject_member_id", row => row.SubjectMemberId),
        Text("case_id", row => row.CaseId),
        Optional<bool>("is_begun", row => row.IsBegun),
        Optional<long>("begun_index", row => row.BegunIndex),
    ];

    private static ParquetColumn Text(string name, Func<ExportRow, string> of)
    {
        var field = new DataField<string>(name);
        return new(field, (group, rows, _) => group.WriteAsync(field, rows.Select(of).ToList()));
    }

    private static ParquetColumn Of<T>(string name, Func<ExportRow, T> of)
        where T : struct
    {
        var field = new DataField<T>(name);
        return new(
            field,
            (group, rows, cancellationToken) =>
                group.WriteAsync<T>(field, rows.Select(of).ToArray().AsMemory(), cancellationToken: cancellationToken)
        );
    }

    private static ParquetColumn Optional<T>(string name, Func<ExportRow, T?> of)
        where T : struct
    {
        var field = new DataField<T?>(name);
        return new(
            field,
            (group, rows, cancellationToken) =>
                group.WriteAsync<T>(field, rows.Select(of).ToArray().AsMemory(), cancellationToken: cancellationToken)
        );
    }
}
