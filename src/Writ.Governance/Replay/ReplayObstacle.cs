namespace Writ.Governance.Replay;

/// <summary>Why a recorded call was refused before any policy was asked.</summary>
public enum ReplayObstacle
{
    /// <summary>Nothing: a policy decided.</summary>
    None,

    /// <summary>The suite has no tool of that name.</summary>
    UnknownTool,

    /// <summary>The arguments have no canonical form, or are not an object.</summary>
    UnreadableArguments,

    /// <summary>The arguments break the schema that the tool's parameters make.</summary>
    InvalidArguments,
}
