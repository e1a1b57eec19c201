using Writ.Cli.Api;

namespace Writ.Cli.Demo;

/// <summary>One step from three sides: what the agent wanted, what Writ decided, what the desk executed.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Wanted">The agent's own account.</param>
/// <param name="Decision">The record in the ledger; null when none was found, which is a fault.</param>
/// <param name="Executed">The desk's own log line; null when nothing reached it.</param>
internal sealed record DemoStep(int Number, JournalLine Wanted, DecisionView? Decision, DeskCall? Executed)
{
    public string Outcome => Decision?.Outcome ?? "no decision";

    public bool IsPermitted => Outcome is "ALLOW" or "ALLOW_WITH_CONSTRAINTS";
}
