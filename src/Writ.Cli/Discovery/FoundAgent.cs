namespace Writ.Cli.Discovery;

/// <summary>An agent that a file defines or a project is built with.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Kind"><c>client</c>, <c>definition</c> or <c>project</c>.</param>
/// <param name="File">Where that stands.</param>
/// <param name="Framework">What it is built with, or which client it is.</param>
/// <param name="Version">The version that is asked for; null where none is.</param>
/// <param name="Servers">The MCP servers that the same file names.</param>
internal sealed record FoundAgent(string Name, string Kind, string File, string Framework, string? Version, IReadOnlyList<string> Servers);
