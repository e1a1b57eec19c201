using System.CommandLine;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy simulate</c>: a what-if request, also against a bundle that is not published. Nothing is recorded as a decision.</summary>
internal static class PolicySimulateCommand
{
    public static Command Create(Session session) => PolicyExplainCommand.Create(
        session, "simulate", whole: false,
        "Ask what would be decided about a what-if request, also of a bundle that is not published. Ends with 1 where it would not go through at once.",
        """writ policy simulate support-agent support-desk/refund_order --arguments @call.json --with samples/policies/support-desk""",
        "writ policy simulate --bundle samples/policies/support-desk --request request.yaml");
}
