using Google.Protobuf;
using SignalExchange.Contracts.Members;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>Consents of operators who have looked at what they approve.</summary>
public static class Consents
{
    /// <summary>Returns the request that approves an act as it was shown.</summary>
    public static ApproveActRequest To(Approval shown) =>
        new() { ApprovalId = shown.ApprovalId, ShownDigest = ByteString.CopyFrom(ApprovalDigest.Of(shown)) };
}
