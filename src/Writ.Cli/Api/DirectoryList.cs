namespace Writ.Cli.Api;

/// <summary>The directories of the organization, and their groups.</summary>
internal sealed record DirectoryList(IReadOnlyList<DirectoryView> Directories, IReadOnlyList<DirectoryGroupView> Groups);
