namespace SignalExchange.Client.Receipts;

/// <summary>Keeps the receipts of answers, so that the platform can prove later what it asked, and what it was told.</summary>
/// <remarks>Called from any thread while the answer waits: be quick, and do not throw.</remarks>
public interface IReceiptSink
{
    /// <summary>Keeps a receipt. Losing one loses the proof of one answer, nothing else.</summary>
    void Record(AnswerReceipt receipt);
}
