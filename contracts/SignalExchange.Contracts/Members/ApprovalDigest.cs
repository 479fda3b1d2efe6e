using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Contracts.Members;

/// <summary>What an approver was shown, in 32 bytes: who approves says by it what they have looked at.</summary>
/// <remarks>Defined at <c>ApproveActRequest.shown_digest</c> of the contract. Whoever shows an approval makes it of what it shows.</remarks>
public static class ApprovalDigest
{
    private const string Domain = "signalexchange approval 1";

    /// <summary>Returns the digest of an approval as it was shown.</summary>
    /// <param name="shown">The approval. Times, state and who decided are not looked at: they are not what is approved.</param>
    /// <returns>32 bytes.</returns>
    public static byte[] Of(Approval shown)
    {
        // None of the texts can hold a zero byte, by its format, so no two approvals run together to the same bytes.
        var texts = new StringBuilder();
        string[] about =
        [
            Domain,
            Convert.ToHexStringLower(shown.ApprovalId.Span),
            ((int)shown.Act).ToString(CultureInfo.InvariantCulture),
            shown.MemberId,
            shown.GroupId,
            shown.Login,
            shown.KeyId,
            shown.RequestedBy,
        ];
        foreach (
            var text in about.Concat(shown.Changes.SelectMany(it => new[] { it.Setting, it.OldValue, it.NewValue }))
        )
        {
            texts.Append(text).Append('\0');
        }

        return SHA256.HashData(Encoding.UTF8.GetBytes(texts.ToString()));
    }
}
