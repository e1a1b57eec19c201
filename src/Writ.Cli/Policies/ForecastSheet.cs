using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Policies;

/// <summary>What a bundle newly refuses of what agents lately did, for people.</summary>
internal static class ForecastSheet
{
    public static void Show(Screen screen, ForecastView? forecast)
    {
        if (forecast is null || (forecast.Compared == 0 && forecast.Unreadable == 0))
            return;
        var rest = (forecast.Unreadable > 0 ? $"; {forecast.Unreadable} more could not be read" : "") + (forecast.Complete ? "" : "; older ones were not looked at");
        screen.Line($"of {forecast.Compared} recent decisions {forecast.Denied} are newly refused{rest}", forecast.Denied > 0 ? Look.Held : Look.Plain);
        if (forecast.Agents.Count > 0)
        {
            screen.Table(
                ["AGENT", "OWNER", "REFUSED", "SUCH AS"],
                forecast.Agents.Select(agent => (string[])[InertText.Of(agent.Agent), InertText.Of(agent.Owner), $"{agent.Denied} of {agent.Compared}", InertText.Of(string.Join(", ", agent.Actions))]));
        }
    }
}
