using Writ.Governance.Credentials;

namespace Writ.Server.Api;

/// <summary>Which kinds of callers a route serves.</summary>
[Flags]
internal enum CallerKinds
{
    People = 1,
    Agents = 2,
    EnforcementPoints = 4,

    /// <summary>People who hold an enrolment token and nothing else.</summary>
    Invited = 8,

    /// <summary>Directories that say who is of the organization.</summary>
    Directories = 16,

    /// <summary>Agents that hold an enrolment token and nothing else.</summary>
    Enrolling = 32,
}
