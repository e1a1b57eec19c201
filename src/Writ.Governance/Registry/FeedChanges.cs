using Writ.Governance.Controls;

namespace Writ.Governance.Registry;

/// <summary>What control actions about feeds make of an organization.</summary>
public static class FeedChanges
{
    /// <summary>The most feeds of an organization.</summary>
    public const int MostFeeds = 8;

    internal static OrganizationState Register(this OrganizationState state, FeedRegistered registered)
    {
        var feed = registered.Feed;
        if (feed.Problem is { } problem)
            throw new InvalidDataException(problem);
        if (registered.DecisionsFrom < 0 || registered.ControlFrom < 0)
            throw new InvalidDataException("a feed begins at a record");
        if (state.Feeds.ContainsKey(feed.Name))
            throw new InvalidDataException($"there is a feed named '{feed.Name}' already: add the new one under another name, then remove this");
        if (state.Feeds.Count >= MostFeeds)
            throw new InvalidDataException($"an organization has at most {MostFeeds} feeds");
        return state with { Feeds = state.Feeds.Add(feed.Name, registered) };
    }

    internal static OrganizationState Remove(this OrganizationState state, FeedRemoved removed) =>
        state.Feeds.ContainsKey(removed.Name)
            ? state with { Feeds = state.Feeds.Remove(removed.Name) }
            : throw new InvalidDataException($"there is no feed named '{removed.Name}'");
}
