namespace Writ.Server.Api;

/// <summary>What policies are validated against.</summary>
/// <param name="Cedar">A Cedar schema, as text.</param>
internal sealed record SchemaAnswer(string Cedar);
