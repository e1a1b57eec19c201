using System.CommandLine;
using System.Globalization;
using Writ.Cli.Api;
using Writ.Cli.Terminal;

namespace Writ.Cli.Feeds;

/// <summary><c>writ feed</c>: where records go out to.</summary>
internal static class FeedCommand
{
    public static Command Create(Session session) => new Verb("feed", "Send records out as they are recorded: to a webhook or by syslog, as CloudEvents, OCSF or as they are.")
    {
        FeedAddCommand.Create(session),
        FeedRemoveCommand.Create(session),
        List(session),
    };

    /// <summary>Shows feeds in columns, and below what is wrong with them.</summary>
    public static void Show(Screen screen, IReadOnlyList<FeedView> feeds)
    {
        screen.Table(
            ["FEED", "URL", "FORMAT", "LOG", "STANDING", "SENT", "BEHIND"],
            feeds.SelectMany(feed => (feed.Logs.Count > 0 ? feed.Logs : [new FeedLogView("", "starting", 0, 0, 0)]).Select(log => (string[])
            [
                InertText.Of(feed.Name), InertText.Of(feed.Url), InertText.Of(feed.Format), InertText.Of(log.Log), InertText.Of(log.Standing),
                log.Delivered.ToString(CultureInfo.InvariantCulture), log.Behind.ToString(CultureInfo.InvariantCulture),
            ])));
        foreach (var feed in feeds)
        {
            if (feed.SecretSet == false)
                screen.Note($"{InertText.Of(feed.SecretVariable ?? "")} is not set where the server runs: until it is, '{InertText.Of(feed.Name)}' sends nothing.");
            foreach (var log in feed.Logs.Where(l => l.Error is not null))
                screen.Note($"{InertText.Of(feed.Name)}, {InertText.Of(log.Log)}: {InertText.Of(log.Error!)} ({InertText.Of(log.Code ?? "")})");
        }
    }

    private static Verb List(Session session)
    {
        var command = new Verb("list", "List the feeds, how far each is behind, and what is wrong.", "writ feed list");
        session.RunAgainstServer(command, async (call, cancellation) =>
            call.Show(await call.Api.GetAsync("/v1/feeds", ApiJson.Default.FeedList, cancellation), list =>
            {
                if (list.Feeds.Count == 0)
                    call.Screen.Line("no feeds: records stay here; add one with `writ feed add NAME --url URL`");
                else
                    Show(call.Screen, list.Feeds);
            }));
        return command;
    }
}
