using Writ.Governance.Feeds;

namespace Writ.Governance.Controls;

/// <summary>From here on records go out to where the feed says. A name that is taken is not replaced.</summary>
/// <param name="Feed">What goes where.</param>
/// <param name="DecisionsFrom">The first record of the decision log that goes there.</param>
/// <param name="ControlFrom">The first record of the control log that goes there.</param>
public sealed record FeedRegistered(Feed Feed, long DecisionsFrom, long ControlFrom) : ControlAction;
