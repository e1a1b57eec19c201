namespace Writ.Governance.Trust;

/// <summary>The respects in which what an agent does is judged. Their numbers stand in fold snapshots.</summary>
internal enum Conduct
{
    /// <summary>What it tries, against what its policies and grants permit.</summary>
    Behaviour = 0,

    /// <summary>What people answer when they are asked about it.</summary>
    Compliance = 1,

    /// <summary>Whether what it may do then works.</summary>
    Reliability = 2,
}
