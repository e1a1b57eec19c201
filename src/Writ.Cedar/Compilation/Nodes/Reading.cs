namespace Writ.Cedar.Compilation.Nodes;

/// <summary>What reading an expression as a number came to.</summary>
internal enum Reading
{
    /// <summary>There is no value; the frame holds the fault.</summary>
    Fault,

    /// <summary>A long, not boxed.</summary>
    Long,

    /// <summary>A value of another type.</summary>
    Other,
}
