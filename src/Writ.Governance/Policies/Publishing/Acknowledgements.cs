using Writ.Governance.People;

namespace Writ.Governance.Policies.Publishing;

/// <summary>Who has yet to see what a bundle will newly refuse to the agents that they answer for.</summary>
public static class Acknowledgements
{
    /// <summary>The owners of named agents of whom neither they nor the backup owner are among those who know.</summary>
    public static IReadOnlyList<PersonId> Missing(DenialForecast forecast, IReadOnlyCollection<PersonId> known) =>
        [.. forecast.Agents.Where(agent => !known.Any(agent.IsOwnedBy)).Select(agent => agent.Owner).Distinct()];

    /// <summary>Whether everybody knows; never where more agents are concerned than are named.</summary>
    public static bool AreComplete(DenialForecast forecast, IReadOnlyCollection<PersonId> known) =>
        forecast.Unnamed == 0 && Missing(forecast, known).Count == 0;
}
