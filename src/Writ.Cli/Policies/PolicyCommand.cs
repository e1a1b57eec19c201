using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy</c>.</summary>
internal static class PolicyCommand
{
    public static Command Create(Session session) => new Verb("policy", "Check and test a folder of policies, publish it, and ask what a policy would decide.")
    {
        PolicyCheckCommand.Create(session),
        PolicyCompileCommand.Create(session),
        PolicyImportCommand.Create(session),
        PolicyLintCommand.Create(session),
        PolicyProveCommand.Create(session),
        PolicySchemaCommand.Create(session),
        PolicyTestCommand.Create(session),
        PolicyPublishCommand.Create(session),
        PolicyProposalsCommand.Create(session),
        PolicyConfirmCommand.Create(session),
        PolicyDeclineCommand.Create(session),
        PolicyAcknowledgeCommand.Create(session),
        PolicyKeygenCommand.Create(session),
        PolicySignCommand.Create(session),
        PolicyKeyCommand.Create(session),
        PolicyListCommand.Create(session),
        PolicyHistoryCommand.Create(session),
        PolicyShadowCommand.Create(session),
        PolicyPromoteCommand.Create(session),
        PolicyWithdrawCommand.Create(session),
        PolicyRollbackCommand.Create(session),
        PolicyExplainCommand.Create(session),
        PolicySimulateCommand.Create(session),
        PolicyDiffCommand.Create(session),
    };
}
