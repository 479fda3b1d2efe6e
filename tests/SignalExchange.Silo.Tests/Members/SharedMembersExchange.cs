using SignalExchange.Silo.Tests.Hosting;

namespace SignalExchange.Silo.Tests.Members;

/// <summary>As <see cref="SharedExchange"/>, for classes about members, credentials and what is recorded of them: two of them have a core each.</summary>
[CollectionDefinition(Name)]
public sealed class SharedMembersExchange : ICollectionFixture<ExchangeFixture>
{
    public const string Name = "shared exchange of members";
}
