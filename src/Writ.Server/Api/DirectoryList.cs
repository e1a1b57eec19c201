using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>The directories of the organization, and their groups.</summary>
internal sealed record DirectoryList(ImmutableArray<DirectoryView> Directories, ImmutableArray<DirectoryGroupView> Groups);
