namespace Writ.Cli.Api;

/// <summary>A kill as it stands now.</summary>
internal sealed record KillAnswer(KillView Kill);
