using System.Collections.Immutable;
using Writ.Governance.Credentials;
using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>Who the caller is, by what, and what they have to do to loosen something.</summary>
internal sealed record LoginView(string Organization, string Person, string DisplayName, ImmutableArray<PersonCapability> Capabilities, Presence Presence, bool ProvesPresence)
{
    public static LoginView Of(Caller.PersonCaller caller) => new(
        caller.Organization.Id.ToString(), caller.Person.Id.ToString(), caller.Person.DisplayName, caller.Person.Capabilities, caller.Presence.Kind, caller.Person.ProvesPresence);
}
