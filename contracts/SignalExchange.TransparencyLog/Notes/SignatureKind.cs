namespace SignalExchange.TransparencyLog.Notes;

/// <summary>What a key signs (C2SP signed-note, "Signature types"). The number is the type byte.</summary>
public enum SignatureKind
{
    /// <summary>Ed25519 over the text of the note: how a log signs its checkpoints.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over the time and the text: how a witness does, <c>cosignature/v1</c> (C2SP tlog-cosignature).</summary>
    Cosignature = 0x04,
}
