using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>A person as the framework's passkey machinery knows one: by the handle that authenticators keep.</summary>
/// <param name="Handle">The handle.</param>
/// <param name="Organization">Where the person is.</param>
/// <param name="Person">Who it is.</param>
internal sealed record PasskeyPerson(string Handle, OrganizationId Organization, PersonId Person);
