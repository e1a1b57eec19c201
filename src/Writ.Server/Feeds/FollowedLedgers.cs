using Writ.Governance.Organizations;
using Writ.Ledger;

namespace Writ.Server.Feeds;

/// <summary>Finds the logs of organizations. Thread safe.</summary>
internal sealed class FollowedLedgers(MerkleLedger control, MerkleLedger decisions, string trustDomain)
{
    /// <summary>An organization's decision log; null while it has none.</summary>
    public LogicalLog? Decisions(OrganizationId organization) => decisions.FindLog($"{trustDomain}/{organization}/decisions");

    /// <summary>An organization's control log.</summary>
    public LogicalLog? Control(OrganizationId organization) => control.FindLog($"{trustDomain}/{organization}/control");
}
