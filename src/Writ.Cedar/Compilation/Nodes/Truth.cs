namespace Writ.Cedar.Compilation.Nodes;

/// <summary>What a condition came to.</summary>
internal enum Truth
{
    False,
    True,

    /// <summary>There is no answer; the frame holds the fault.</summary>
    Fault,
}
