using System.Collections.Frozen;
using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.Grains.Tests.Audiences;

/// <summary>Random members in random groups, and what they say about some indicators.</summary>
/// <param name="Members">The members; who is silent has left with all signals.</param>
/// <param name="Indicators">For each indicator, at most one statement a member.</param>
internal sealed record World(IReadOnlyList<WorldMember> Members, IReadOnlyList<IReadOnlyList<Said>> Indicators)
{
    private static readonly string[] Groups = ["ring-a", "ring-b", "ring-c", "ring-d"];
    private static readonly string[] Countries = ["DE", "FR", "US"];

    private static readonly Gen<string[]> SomeGroups = Gen.Shuffle(Groups, 0, 3);
    private static readonly Gen<string[]> SomeCountries = Gen.Frequency(
        (2, Gen.Const(Array.Empty<string>())),
        (1, Gen.Shuffle(Countries, 1, 2))
    );

    public static readonly Gen<World> Random =
        from members in Gen.Select(SomeGroups, SomeCountries, Gen.Int[0, 9], Gen.Int[0, 9]).Array[8]
        let all = members.Index().Select(it => ToMember(it.Index, it.Item)).ToList()
        from indicators in Gen.Select(
            Gen.Shuffle(Enumerable.Range(0, 8).ToArray(), 0, 5),
            Gen.Select(SomeGroups, SomeCountries, Gen.Int[1, 5], Gen.Int[0, 3], Gen.Bool).Array[5]
        ).Array[40]
        select new World(all, [.. indicators.Select(it => ToSaid(all, it.Item1, it.Item2))]);

    /// <summary>The caller that a member is.</summary>
    public static Caller CallerOf(WorldMember member) =>
        new(new MemberId(member.Name), member.Sees.ToFrozenSet(StringComparer.Ordinal))
        {
            Jurisdictions = member.Countries.ToFrozenSet(StringComparer.Ordinal),
            IsTest = member.IsTest,
        };

    private static WorldMember ToMember(int number, (string[] Sees, string[] Countries, int Test, int Gone) it) =>
        new($"member-{number}", it.Sees, it.Countries, IsTest: it.Test == 0, HasWithdrawn: it.Gone == 0);

    private static List<Said> ToSaid(
        List<WorldMember> members,
        int[] owners,
        (string[] Groups, string[] Countries, int Level, int Attribution, bool Withdrawn)[] drawn
    ) =>
        [
            .. owners.Select(
                (owner, place) =>
                {
                    var it = drawn[place];
                    var level = (ShareLevel)it.Level;
                    var groups = it.Groups.Length == 0 && !Visibility.IsForEverybody(level) ? [Groups[0]] : it.Groups;
                    return new Said(
                        members[owner],
                        level,
                        groups,
                        it.Countries,
                        (Attribution)it.Attribution,
                        it.Withdrawn && place == 0
                    );
                }
            ),
        ];
}
