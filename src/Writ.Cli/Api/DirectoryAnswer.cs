namespace Writ.Cli.Api;

/// <summary>A directory that was let in, with the token that is shown once and where it goes.</summary>
internal sealed record DirectoryAnswer(DirectoryView Directory, string Token, string Url);
