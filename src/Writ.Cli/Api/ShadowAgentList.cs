namespace Writ.Cli.Api;

/// <summary>Who knocked and is not known.</summary>
internal sealed record ShadowAgentList(IReadOnlyList<ShadowAgentView> Shadows, int Dismissed = 0);
