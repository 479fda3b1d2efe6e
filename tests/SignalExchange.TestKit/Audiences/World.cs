using System.Collections.Frozen;
using CsCheck;
using SignalExchange.Contracts;
using SignalExchange.Contracts.Signals;
using SignalExchange.Contracts.V1;

namespace SignalExchange.TestKit.Audiences;

/// <summary>Random members in random groups under random laws, and what they say about some indicators.</summary>
/// <param name="Members">The members; who is silent has left with all signals.</param>
/// <param name="Laws">What the law of a country asks; at most one a country.</param>
/// <param name="Indicators">For each indicator, at most one statement a member.</param>
public sealed record World(
    IReadOnlyList<WorldMember> Members,
    IReadOnlyList<WorldLaw> Laws,
    IReadOnlyList<IReadOnlyList<Said>> Indicators
)
{
    private const int MemberCount = 8;
    private const int MostStatements = 5;

    /// <summary>The groups of every world.</summary>
    public static readonly IReadOnlyList<string> Groups = ["ring-a", "ring-b", "ring-c", "ring-d"];

    private static readonly string[] Rings = [.. Groups];
    private static readonly string[] Countries = ["DE", "FR", "US"];

    private static readonly Gen<string[]> SomeGroups = Gen.Shuffle(Rings, 0, 3);
    private static readonly Gen<string[]> SomeCountries = Gen.Frequency(
        (2, Gen.Const(Array.Empty<string>())),
        (1, Gen.Shuffle(Countries, 1, 2))
    );

    private static readonly Gen<WorldMember> Member = Gen.Select(
        SomeGroups,
        Gen.Frequency((1, Gen.Const(Array.Empty<string>())), (3, Gen.Shuffle(Countries, 1, 2))),
        Gen.Int[0, 9],
        Gen.Int[0, 9],
        (sees, countries, test, gone) => new WorldMember("", sees, countries, test == 0, gone == 0)
    );

    // Each asks for little, or nobody would be told anything.
    private static readonly Gen<WorldLaw> Law = Gen.Select(
        Gen.Int[0, 5],
        Gen.Int[0, 4],
        (kind, value) =>
            new WorldLaw(
                "",
                kind == 0 ? (LegalBasis)(value + 1) : LegalBasis.Unspecified,
                kind == 1 ? (SharingPurpose)((value % 3) + 1) : SharingPurpose.Unspecified,
                kind == 2 ? (RetentionClass)((value % 3) + 1) : RetentionClass.Unspecified,
                kind == 3
            )
    );

    private static readonly Gen<Said> Statement = Gen.Select(
        Gen.Select(SomeGroups, Gen.Int[1, 5], Gen.Int[0, 3], Gen.Bool),
        Gen.Select(SomeCountries, Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 3], Gen.Bool, Gen.Bool),
        (it, legal) =>
            new Said(
                null!,
                (ShareLevel)it.Item2,
                it.Item1.Length == 0 && !Visibility.IsForEverybody((ShareLevel)it.Item2) ? [Groups[0]] : it.Item1,
                (Attribution)it.Item3,
                legal.Item1,
                (LegalBasis)legal.Item2,
                (SharingPurpose)legal.Item3,
                (RetentionClass)legal.Item4,
                legal.Item5,
                legal.Item6,
                it.Item4
            )
    );

    /// <summary>Makes worlds of eight members and so many indicators.</summary>
    public static Gen<World> Random(int indicators) =>
        from members in Member.Array[MemberCount]
        let all = members.Index().Select(it => it.Item with { Name = $"member-{it.Index}" }).ToList()
        from laws in Law.Array[Countries.Length]
        from said in Gen.Select(
            Gen.Shuffle(Enumerable.Range(0, MemberCount).ToArray(), 0, MostStatements),
            Statement.Array[MostStatements],
            (owners, drawn) => SaidBy(all, owners, drawn)
        ).Array[indicators]
        select new World(all, [.. laws.Zip(Countries, (law, country) => law with { Country = country })], said);

    /// <summary>Returns the caller that a member is.</summary>
    public Caller CallerOf(WorldMember member) =>
        new(new MemberId(member.Name), member.Sees.ToFrozenSet(StringComparer.Ordinal))
        {
            Jurisdictions = member.Countries.ToFrozenSet(StringComparer.Ordinal),
            DeliveryRules = Laws.Where(law => member.Countries.Contains(law.Country))
                .ToFrozenDictionary(law => law.Country, law => law.ToRule(), StringComparer.Ordinal),
            IsTest = member.IsTest,
        };

    private static List<Said> SaidBy(List<WorldMember> members, int[] owners, Said[] drawn) =>
        [
            .. owners.Select(
                (owner, place) =>
                    drawn[place] with
                    {
                        Owner = members[owner],
                        IsWithdrawn = drawn[place].IsWithdrawn && place == 0,
                    }
            ),
        ];
}
