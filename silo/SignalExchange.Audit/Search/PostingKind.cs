namespace SignalExchange.Audit.Search;

/// <summary>What is found by a value of 16 bytes. Numbers are stored: never change one.</summary>
internal enum PostingKind
{
    /// <summary>The request's id.</summary>
    Request = 0,

    /// <summary>An indicator's pseudonym.</summary>
    Pseudonym = 1,
}
