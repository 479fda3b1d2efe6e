using Google.Protobuf;
using SignalExchange.Contracts.V1;

namespace SignalExchange.AccessLog.Tests;

/// <summary>Makes details that tell which they are.</summary>
internal static class Details
{
    public const string Member = "gold-dating";

    public static AccessLogDetail Of(int number) =>
        new()
        {
            Actor = new()
            {
                Kind = ActorKind.Backend,
                MemberId = Member,
                Source = SourceClass.Public,
            },
            Method = "/signalexchange.v1.SignalService/Check",
            Purpose = CheckPurpose.Registration,
            RequestId = ByteString.CopyFrom(new byte[16]),
            Asked = (uint)number,
        };
}
