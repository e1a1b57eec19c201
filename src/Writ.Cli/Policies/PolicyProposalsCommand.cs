using System.CommandLine;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary><c>writ policy proposals</c>: the bundles that wait for a second person, and why.</summary>
internal static class PolicyProposalsCommand
{
    public static Command Create(Session session)
    {
        var command = new Verb("proposals", "List the bundles that wait for a second person, with what is looser about each.", "writ policy proposals");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/proposals", ApiJson.Default.ProposalList, cancellation), list => Show(call.Screen, list.Proposals)));
        return command;
    }

    private static void Show(Screen screen, IReadOnlyList<ProposalView> proposals)
    {
        if (proposals.Count == 0)
            screen.Line("no bundle waits for a second person");
        foreach (var proposal in proposals)
        {
            screen.Line($"{InertText.Of(proposal.Name)} {InertText.Of(proposal.Version)}, proposed by {InertText.Of(proposal.By)}: {InertText.Of(proposal.State)}", Look.Held);
            screen.Facts([("digest", InertText.Of(proposal.Digest)), ("until", Instant.Of(proposal.ExpiresAt))]);
            ForecastSheet.Show(screen, proposal.Denials);
            if (proposal.Unacknowledged.Count > 0)
                screen.Line($"not acknowledged by {InertText.Of(string.Join(", ", proposal.Unacknowledged))}", Look.Held);
            screen.Note(proposal.NeedsSecondPerson ? "another person with the security capability has to confirm it" : "it loosens nothing: once acknowledged, whoever proposed it may confirm it");
            screen.Wrapped($"{InertText.Of(proposal.Finding.Looseness),-10}", new string(' ', 10), InertText.Of(proposal.Finding.Words));
        }
    }
}
