using SignalExchange.Grains.Members;
using SignalExchange.Grains.StoredV1;

namespace SignalExchange.Grains.People;

/// <summary>Finding people in the registry, and changing one in a copy of it.</summary>
internal static class RegistryPeople
{
    /// <summary>Finds an account by its id.</summary>
    public static PersonRecord? FindPerson(this RegistryState state, string accountId) =>
        state.People.FirstOrDefault(it => it.Person.AccountId == accountId);

    /// <summary>Finds an account by its login.</summary>
    public static PersonRecord? FindLogin(this RegistryState state, string login) =>
        state.People.FirstOrDefault(it => it.Person.Login == login);

    /// <summary>Puts an account in its place, by login.</summary>
    public static void Insert(this RegistryState next, PersonRecord record)
    {
        var login = record.Person.Login;
        var place = next.People.TakeWhile(it => string.CompareOrdinal(it.Person.Login, login) < 0).Count();
        next.People.Insert(place, record);
    }

    /// <summary>Changes an account of a copy that is one version on.</summary>
    public static RegistryStep ChangePerson(this RegistryState state, string accountId, Action<PersonRecord> change)
    {
        var next = state.NextVersion();
        var record = next.FindPerson(accountId)!;
        change(record);
        return RegistryStep.Changed(next, record.Person);
    }
}
