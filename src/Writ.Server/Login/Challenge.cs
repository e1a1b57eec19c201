using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Server.Login;

/// <summary>What an authenticator was asked to sign, until it is answered once or its time is over. Closed.</summary>
/// <param name="State">What the framework needs to check the answer.</param>
internal abstract record Challenge(string State)
{
    /// <summary>Whoever answers is logged in.</summary>
    public sealed record OfLogin(string State) : Challenge(State);

    /// <summary>A passkey of a person is to be made.</summary>
    public sealed record OfEnrolment(string State, string Invitation, string Handle) : Challenge(State);

    /// <summary>A person is to prove that they are there for one request.</summary>
    /// <param name="State">What the framework needs.</param>
    /// <param name="Organization">Where.</param>
    /// <param name="Person">Who.</param>
    /// <param name="KeyId">The credential that asked, and alone may answer.</param>
    /// <param name="Request">The digest of the request.</param>
    /// <param name="Nonce">What makes it this challenge.</param>
    public sealed record OfPresence(string State, OrganizationId Organization, PersonId Person, string KeyId, string Request, string Nonce) : Challenge(State);
}
