using System.Collections.Immutable;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Server.Login;

/// <summary>The enrolment tokens of a person that wait.</summary>
internal sealed record InvitationList(string Person, ImmutableArray<InvitationView> Invitations)
{
    public static InvitationList Of(OrganizationState state, PersonId person, DateTimeOffset now) => new(
        person.ToString(),
        [.. state.Invitations.Values.Where(i => i.Person == person && !i.Used && i.ExpiresAt > now).OrderBy(i => i.ExpiresAt).Select(i => new InvitationView(i.KeyId, i.ExpiresAt))]);
}
