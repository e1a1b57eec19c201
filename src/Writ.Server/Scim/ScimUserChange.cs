using System.Text.Json.Nodes;
using Writ.Governance.Controls;
using Writ.Governance.Directories;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Server.Scim;

/// <summary>What a change of a user comes to: first what takes away, which waits for nothing, then the rest.</summary>
internal sealed class ScimUserChange(DirectoryUsers users, DirectoryClient client, TimeProvider time)
{
    /// <summary>Why whoever leaves does.</summary>
    public const string Left = "the directory says so";

    /// <summary>Why nothing is done; null where something is.</summary>
    public ScimError? Error { get; private set; }

    /// <summary>Adds a person of whom a directory speaks first, under an id that says nothing of them.</summary>
    public ControlPlan Add(OrganizationState state, PersonId id, DirectoryUser user, bool active)
    {
        if (Taken(state, user, null) || Described(state, id, user) is not { } described)
            return Refuse();
        List<ControlAction> actions = [new PersonAdded(id, id.ToString(), []), described];
        if (active && Subject(state, user) is { } subject)
            actions.Add(new PersonLinked(id, client.Provider!, subject));
        if (!active)
            actions.Add(new PersonLeft(id, Left));
        return ControlPlan.Take(actions);
    }

    /// <summary>The first half: that the person leaves, where that is wanted. It is in force before it is recorded.</summary>
    public static ControlPlan Leave(Person person, JsonObject wanted) =>
        ScimUsers.IsActive(wanted) == false && person.IsHere ? ControlPlan.Take(new PersonLeft(person.Id, Left)) : ControlPlan.Take();

    /// <summary>The other half: everything else.</summary>
    public ControlPlan Change(OrganizationState state, Person person, JsonObject wanted)
    {
        if (ScimUsers.Read(wanted, out var error) is not { } user)
            return Refuse(error!);
        if (Taken(state, user, person.Id))
            return Refuse();
        var before = users.Find(state, person);
        List<ControlAction> actions = [];
        if (ScimUsers.IsActive(wanted) == true && !person.IsHere)
            actions.Add(new PersonReturned(person.Id, [], Left));
        if (before is null || !Same(before, user))
        {
            if (Described(state, person.Id, user) is not { } described)
                return Refuse();
            actions.Add(described);
        }

        var isHere = person.IsHere || actions is [PersonReturned, ..];
        var (old, now) = (before is null ? null : Subject(state, before), isHere ? Subject(state, user) : null);
        if (old != now || !person.IsHere)
        {
            if (old is not null && old != now && state.PersonLinks.GetValueOrDefault((client.Provider!, old)) == person.Id)
                actions.Add(new PersonUnlinked(person.Id, client.Provider!, old, "the account has another subject"));
            if (now is not null && state.PersonLinks.GetValueOrDefault((client.Provider!, now)) != person.Id)
                actions.Add(new PersonLinked(person.Id, client.Provider!, now));
        }

        return ControlPlan.Take(actions);
    }

    private ControlPlan Refuse(ScimError? error = null)
    {
        Error ??= error;
        return ControlPlan.Refuse(Error!.Detail);
    }

    private bool Taken(OrganizationState state, DirectoryUser user, PersonId? but)
    {
        var taken = users.All(state, client.Label).Any(other => other.Person.Id != but && user.UserName.Equals(other.User?.UserName, StringComparison.OrdinalIgnoreCase));
        if (taken)
            Error = ScimError.Taken("A user has that userName already.");
        return taken;
    }

    private DirectoryUserDescribed? Described(OrganizationState state, PersonId person, DirectoryUser user)
    {
        var described = users.Seal(state.Id, person, user, time.GetUtcNow(), out _);
        if (described is null)
            Error = new ScimError(503, null, "Nothing changed: there is no key to seal the user under.");
        return described;
    }

    /// <summary>The digest of the user's account with the provider that was stated for the directory; null where there is none.</summary>
    private string? Subject(OrganizationState state, DirectoryUser user) =>
        client is { Provider: { } name, Subject: { } source } && state.OpenIdProviders.TryGetValue(name, out var provider) && user.Subject(source) is { Length: <= OpenIdSubject.MaxLength } subject
            ? OpenIdSubject.Digest(provider.Issuer, subject)
            : null;

    private static bool Same(DirectoryUser one, DirectoryUser other) => one with { Emails = [] } == other with { Emails = [] } && one.Emails.SequenceEqual(other.Emails);
}
