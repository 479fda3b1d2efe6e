using System.Globalization;
using System.Text.Json;
using CsvHelper.Configuration;

namespace SignalExchange.Audit.Export;

/// <summary>The columns of a CSV file: those of <see cref="ExportRow"/> in their order, in snake case, times as RFC 3339 in UTC.</summary>
internal sealed class CsvColumns : ClassMap<ExportRow>
{
    /// <summary>Maps them.</summary>
    public CsvColumns()
    {
        AutoMap(CultureInfo.InvariantCulture);
        foreach (var member in MemberMaps)
        {
            member.Name(JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Data.Member!.Name));
        }

        Map(it => it.Time).TypeConverterOption.Format("yyyy-MM-dd'T'HH:mm:ss.fff'Z'");
    }
}
