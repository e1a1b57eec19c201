namespace Writ.Cli.Api;

/// <summary>A person, what they may do and which teams they are in.</summary>
internal sealed record PersonView(string Name, string DisplayName, IReadOnlyList<string> Capabilities, IReadOnlyList<string> Teams);
