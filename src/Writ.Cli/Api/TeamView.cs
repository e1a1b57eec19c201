namespace Writ.Cli.Api;

/// <summary>A team and who is in it.</summary>
internal sealed record TeamView(string Name, string DisplayName, IReadOnlyList<string> Members);
