namespace Writ.Governance.Directories;

/// <summary>What a directory says of a person, sealed under the person's own key: nothing of it can be read once that key is destroyed. Immutable.</summary>
/// <param name="Id">What it is bound to.</param>
/// <param name="Label">The label of the directory that speaks of the person: no other does, and its next token does again.</param>
/// <param name="Sealed">The ciphertext, in base64url.</param>
/// <param name="CreatedAt">When the directory first spoke of the person.</param>
/// <param name="ModifiedAt">When last.</param>
public sealed record DirectoryEntry(Guid Id, string Label, string Sealed, DateTimeOffset CreatedAt, DateTimeOffset ModifiedAt);
