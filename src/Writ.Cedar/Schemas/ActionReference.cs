namespace Writ.Cedar.Schemas;

/// <summary>How a schema names the group of an action.</summary>
/// <param name="Type">The type, such as <c>Writ::Action</c>; null for <c>Action</c> in the same namespace or the empty one.</param>
/// <param name="Id">The id.</param>
public sealed record ActionReference(string? Type, string Id)
{
    /// <summary>Where the reference stands; unknown when it was not read from text.</summary>
    public SourcePosition Position { get; init; }
}
