using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Agents;

/// <summary><c>writ agent</c>.</summary>
internal static class AgentCommand
{
    public static Command Create(Session session) => new Verb("agent", "Register agents, see them, stop them, let them act again, and say who answers for them.")
    {
        AgentAddCommand.Create(session),
        AgentListCommand.Create(session),
        AgentEnrolTokenCommand.Create(session),
        AgentImportCommand.Create(session),
        AgentShadowsCommand.Create(session),
        AgentReviewCommand.Attest(session),
        AgentReviewCommand.List(session),
        AgentVersionCommand.Create(session),
        AgentTrustCommand.Create(session),
        AgentLifecycleCommand.Suspend(session),
        AgentLifecycleCommand.Activate(session),
        AgentLifecycleCommand.Retire(session),
        AgentOwnershipCommand.Transfer(session),
        AgentOwnershipCommand.Accept(session),
        AgentOwnershipCommand.Decline(session),
        AgentOwnershipCommand.BackupOwner(session),
        AgentOwnershipCommand.Ceiling(session),
        AgentAuditCommand.Create(session),
        AgentShareCommand.Create(session),
        AgentShareCommand.Visibility(session),
    };
}
