namespace Writ.Cli.Api;

/// <summary>What policies are validated against, as the API says it.</summary>
internal sealed record SchemaView(string Cedar);
