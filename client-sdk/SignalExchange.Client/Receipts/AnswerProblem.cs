namespace SignalExchange.Client.Receipts;

/// <summary>What keeps a proof from proving an answer.</summary>
public enum AnswerProblem
{
    /// <summary>Nothing: it is proven.</summary>
    None,

    /// <summary>The checkpoint is not signed by whom the verifier trusts.</summary>
    CheckpointNotTrusted,

    /// <summary>The entry is not in the tree of the checkpoint.</summary>
    NotInLog,

    /// <summary>The proof is of another entry or log than the receipt.</summary>
    OtherEntry,

    /// <summary>The detail is not the one that the entry states, or there is none.</summary>
    DetailAltered,

    /// <summary>The entry is about another question than the receipt.</summary>
    OtherQuestion,

    /// <summary>The entry is about another answer than the receipt.</summary>
    OtherAnswer,
}
