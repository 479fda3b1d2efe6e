using System.Globalization;
using SignalExchange.TransparencyLog.Notes;

namespace SignalExchange.TransparencyLog.Witnessing;

/// <summary>A witness's answer, for any web server to send.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">What the body is.</param>
/// <param name="Body">The body; may be empty.</param>
public sealed record WitnessResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    /// <summary>The type of an answer that tells the size which the witness saw last.</summary>
    public const string SizeType = "text/x.tlog.size";

    /// <summary>The type of every other answer.</summary>
    public const string TextType = "text/plain; charset=utf-8";

    internal static WitnessResponse Signed(NoteSignature signature) => Text(200, signature + "\n");

    internal static WitnessResponse Found(SignedNote note) => new(200, TextType, note.ToBytes());

    internal static WitnessResponse Refused(WitnessDecision decision, string reason) =>
        Text((int)decision, reason + "\n");

    internal static WitnessResponse SizeIs(long size) =>
        new(
            (int)WitnessDecision.OldSizeDiffers,
            SizeType,
            StrictText.Utf8.GetBytes(size.ToString(CultureInfo.InvariantCulture) + "\n")
        );

    private static WitnessResponse Text(int status, string text) =>
        new(status, TextType, StrictText.Utf8.GetBytes(text));
}
