namespace Writ.Server.Api;

/// <summary>How many subjects and resources an enforcement point's application has now.</summary>
internal sealed record StatedEntitiesAnswer(string Name, int Entities);
