namespace Writ.Gateways.AuthZen;

/// <summary>What is searched for.</summary>
public enum SearchKind
{
    /// <summary>Who may: section 8.4.</summary>
    Subject,

    /// <summary>On what: section 8.5.</summary>
    Resource,

    /// <summary>What: section 8.6.</summary>
    Action,
}
