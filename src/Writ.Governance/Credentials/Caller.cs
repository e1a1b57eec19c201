using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Directories;
using Writ.Governance.Enrolments;
using Writ.Governance.OAuth;
using Writ.Governance.People;
using Writ.Governance.Registry;
using Writ.Governance.Tasks;
using Writ.Governance.Tools;
using Writ.Identity.OAuth;

namespace Writ.Governance.Credentials;

/// <summary>Who is calling, proved by a credential. The organization comes from the credential, never from the request.</summary>
/// <param name="Organization">The organization's state at the moment of the check.</param>
/// <param name="KeyId">The public part of the credential.</param>
public abstract record Caller(OrganizationState Organization, string KeyId)
{
    /// <summary>How much the credential proves, one of <see cref="Assurances"/>.</summary>
    public string Assurance { get; init; } = Assurances.Low;

    /// <summary>An agent, by its API key, an SVID, a signature or an access token.</summary>
    public sealed record AgentCaller(OrganizationState Organization, string KeyId, Agent Agent) : Caller(Organization, KeyId)
    {
        /// <summary>The access token that it called with; null where it proved itself by the credential itself.</summary>
        public AccessToken? Token { get; init; }

        /// <summary>The agent with no more than its token lets it use of what it was given.</summary>
        public Agent Narrow(Agent agent)
        {
            ArgumentNullException.ThrowIfNull(agent);
            return Token?.Scope is { } scope ? agent with { Grants = AccessScope.Within(agent.Grants, scope) } : agent;
        }

        /// <summary>A limit of what its work reaches, no wider than its token: what is handed on, or goes on later, is bound by it too.</summary>
        public ImmutableArray<Grant>? Within(ImmutableArray<Grant>? limit) =>
            Token?.Scope is { } scope ? TaskReach.Meet(limit, AccessScope.Read(scope)) : limit;
    }

    /// <summary>A person, by a token or a session.</summary>
    public sealed record PersonCaller(OrganizationState Organization, string KeyId, Person Person, PersonPresence Presence) : Caller(Organization, KeyId);

    /// <summary>A person who may enrol a passkey, by a one-time token that opens nothing else.</summary>
    public sealed record InvitedCaller(OrganizationState Organization, string KeyId, Person Person) : Caller(Organization, KeyId);

    /// <summary>A directory that says who is of the organization, by its token, which opens nothing else.</summary>
    public sealed record DirectoryCaller(OrganizationState Organization, string KeyId, DirectoryClient Client) : Caller(Organization, KeyId);

    /// <summary>An agent that nobody knows yet, by a one-time token with which it introduces itself and does nothing else.</summary>
    public sealed record EnrollingCaller(OrganizationState Organization, string KeyId, AgentEnrolment Enrolment) : Caller(Organization, KeyId);

    /// <summary>A registered enforcement point, by its key.</summary>
    public sealed record EnforcementPointCaller(OrganizationState Organization, string KeyId, EnforcementPoint Point) : Caller(Organization, KeyId);
}
