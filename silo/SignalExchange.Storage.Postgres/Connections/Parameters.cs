using Npgsql;
using NpgsqlTypes;

namespace SignalExchange.Storage.Postgres.Connections;

/// <summary>Makes commands and their parameters, typed, so that no value is boxed and no type guessed.</summary>
internal static class Parameters
{
    public static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return command;
    }

    public static NpgsqlParameter Text(string value) => Of(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Number(int value) => Of(NpgsqlDbType.Integer, value);

    public static NpgsqlParameter Number(long value) => Of(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameter Truth(bool value) => Of(NpgsqlDbType.Boolean, value);

    public static NpgsqlParameter Bytes(ReadOnlyMemory<byte> value) => Of(NpgsqlDbType.Bytea, value);

    /// <summary>Returns an array of one value of each source.</summary>
    public static NpgsqlParameter Array<TSource, TValue>(
        NpgsqlDbType type,
        IReadOnlyList<TSource> source,
        Func<TSource, TValue> value
    )
    {
        var values = new TValue[source.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = value(source[i]);
        }

        return Of(NpgsqlDbType.Array | type, values);
    }

    private static NpgsqlParameter<TValue> Of<TValue>(NpgsqlDbType type, TValue value) =>
        new() { NpgsqlDbType = type, TypedValue = value };
}
