namespace SignalExchange.TestKit.Audiences;

/// <summary>A member of a random world.</summary>
/// <param name="Name">Its id.</param>
/// <param name="Sees">The groups that it sees.</param>
/// <param name="Countries">Under whose law it receives.</param>
/// <param name="IsTest">Whether it is in test mode.</param>
/// <param name="HasWithdrawn">Whether it has left with its signals.</param>
public sealed record WorldMember(string Name, string[] Sees, string[] Countries, bool IsTest, bool HasWithdrawn);
