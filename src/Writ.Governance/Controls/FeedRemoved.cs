namespace Writ.Governance.Controls;

/// <summary>Nothing goes out by the feed any more.</summary>
public sealed record FeedRemoved(string Name, string Reason) : ControlAction;
