namespace Writ.Server.Api;

/// <summary>The group of a directory whose members a team is to have.</summary>
internal sealed record TeamDirectoryBody(Guid Group);
