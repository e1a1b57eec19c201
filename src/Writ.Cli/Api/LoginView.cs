namespace Writ.Cli.Api;

/// <summary>Who the token belongs to.</summary>
internal sealed record LoginView(string Organization, string Person, string DisplayName, IReadOnlyList<string> Capabilities);
