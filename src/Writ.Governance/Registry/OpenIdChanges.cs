using Writ.Governance.Controls;
using Writ.Governance.People;

namespace Writ.Governance.Registry;

/// <summary>What control actions about OpenID providers make of an organization.</summary>
public static class OpenIdChanges
{
    /// <summary>The most providers of an organization.</summary>
    public const int MostProviders = 8;

    /// <summary>The most accounts of one person.</summary>
    public const int MostLinks = 8;

    internal static OrganizationState Register(this OrganizationState state, OpenIdProviderRegistered registered)
    {
        var provider = registered.Provider;
        if (provider.Problem is { } problem)
            throw new InvalidDataException(problem);
        if (!state.OpenIdProviders.ContainsKey(provider.Name) && state.OpenIdProviders.Count >= MostProviders)
            throw new InvalidDataException($"an organization has at most {MostProviders} OpenID providers");
        return state.WithoutSessions(s => s.Provider == provider.Name) with { OpenIdProviders = state.OpenIdProviders.SetItem(provider.Name, provider) };
    }

    internal static OrganizationState Remove(this OrganizationState state, OpenIdProviderRemoved removed) =>
        state.OpenIdProviders.ContainsKey(removed.Name)
            ? state.WithoutSessions(s => s.Provider == removed.Name) with
            {
                OpenIdProviders = state.OpenIdProviders.Remove(removed.Name),
                PersonLinks = state.PersonLinks.RemoveRange(state.PersonLinks.Keys.Where(link => link.Provider == removed.Name)),
            }
            : throw new InvalidDataException($"there is no OpenID provider named '{removed.Name}'");

    internal static OrganizationState Link(this OrganizationState state, PersonLinked linked) =>
        !state.OpenIdProviders.ContainsKey(linked.Provider) ? throw new InvalidDataException($"there is no OpenID provider named '{linked.Provider}'")
        : !state.IsLive(linked.Person) ? throw new InvalidDataException($"{linked.Person} is not here")
        : state.PersonLinks.ContainsKey((linked.Provider, linked.Subject)) ? throw new InvalidDataException("that account is linked to somebody already")
        : state.PersonLinks.Values.Count(p => p == linked.Person) >= MostLinks ? throw new InvalidDataException($"a person has at most {MostLinks} accounts")
        : state with { PersonLinks = state.PersonLinks.Add((linked.Provider, linked.Subject), linked.Person) };

    internal static OrganizationState Unlink(this OrganizationState state, PersonUnlinked unlinked) =>
        state.PersonLinks.TryGetValue((unlinked.Provider, unlinked.Subject), out var person) && person == unlinked.Person
            ? state.WithoutSessions(s => s.Provider == unlinked.Provider && s.Subject == unlinked.Subject) with { PersonLinks = state.PersonLinks.Remove((unlinked.Provider, unlinked.Subject)) }
            : throw new InvalidDataException($"{unlinked.Person} has no such account");

    private static OrganizationState WithoutSessions(this OrganizationState state, Func<PersonSession, bool> over) =>
        state with { Sessions = state.Sessions.RemoveRange(state.Sessions.Values.Where(over).Select(s => s.KeyId)) };
}
