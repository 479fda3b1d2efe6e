namespace SignalExchange.Audit.Search;

/// <summary>The tables of the search index. A change here is a new <see cref="Format"/>; a file of another one is rebuilt.</summary>
internal static class SearchSchema
{
    /// <summary>"SIGA": what marks a database as a search index.</summary>
    public const int ApplicationId = 0x5349_4741;

    /// <summary>The version of the tables.</summary>
    public const int Format = 2;

    /// <summary>Makes the tables of an empty database.</summary>
    /// <remarks>
    /// <c>facet</c> holds the entries of each value of a column as bits, a chunk of 16,384 entries a row (<see cref="FacetId"/>
    /// draws the key): filters are intersected without reading an entry, so that two common values whose intersection is empty cost
    /// no more than one. <c>posting</c> finds what is nearly unique; it begins with a bucket of the index, so that inserts of random
    /// values fall into the newest few megabytes of the table and not all over it. <c>progress</c> says what <see cref="SearchSeal"/> compares.
    /// </remarks>
    public const string Tables = """
        CREATE TABLE progress (
            origin TEXT NOT NULL,
            size INTEGER NOT NULL,
            sum BLOB,
            seal BLOB
        );
        CREATE TABLE name (
            id INTEGER PRIMARY KEY,
            text TEXT NOT NULL UNIQUE
        );
        CREATE TABLE entry (
            idx INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            retention INTEGER NOT NULL,
            state INTEGER NOT NULL,
            period INTEGER,
            actor INTEGER,
            member INTEGER,
            key INTEGER,
            role INTEGER,
            method INTEGER,
            purpose INTEGER,
            request_id BLOB,
            status INTEGER,
            reason INTEGER,
            asked INTEGER,
            hits INTEGER,
            refused INTEGER,
            is_begun INTEGER
        );
        CREATE TABLE facet (
            id INTEGER PRIMARY KEY,
            bits BLOB NOT NULL
        );
        CREATE TABLE posting (
            bucket INTEGER NOT NULL,
            value BLOB NOT NULL,
            idx INTEGER NOT NULL,
            PRIMARY KEY (bucket, value, idx)
        ) WITHOUT ROWID;
        CREATE TABLE span (
            period INTEGER NOT NULL,
            retention INTEGER NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            PRIMARY KEY (period, retention)
        );
        CREATE TABLE usage (
            period INTEGER NOT NULL,
            member TEXT NOT NULL,
            retention INTEGER NOT NULL,
            purpose INTEGER NOT NULL,
            reason INTEGER NOT NULL,
            calls INTEGER NOT NULL,
            asked INTEGER NOT NULL,
            hits INTEGER NOT NULL,
            refused INTEGER NOT NULL,
            refused_calls INTEGER NOT NULL,
            PRIMARY KEY (period, member, retention, purpose, reason)
        ) WITHOUT ROWID;
        CREATE TABLE mark (
            idx INTEGER PRIMARY KEY,
            anomalies INTEGER NOT NULL,
            disposition INTEGER NOT NULL
        );
        CREATE TABLE review (
            idx INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            message BLOB NOT NULL
        );
        CREATE TABLE alarm (
            seq INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            rule INTEGER NOT NULL,
            member TEXT NOT NULL,
            state INTEGER NOT NULL,
            last INTEGER NOT NULL,
            message BLOB NOT NULL
        );
        CREATE INDEX alarm_by_last ON alarm (last);
        CREATE TABLE rule_state (
            rule INTEGER NOT NULL,
            subject TEXT NOT NULL,
            touched INTEGER NOT NULL,
            state BLOB NOT NULL,
            PRIMARY KEY (rule, subject)
        ) WITHOUT ROWID;
        """;
}
