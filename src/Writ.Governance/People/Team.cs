using Writ.Governance.Organizations;

namespace Writ.Governance.People;

/// <summary>A team that people are in, and that policies name as an approver. No person has the same name.</summary>
public sealed record Team(TeamId Id, string DisplayName);
