using System.Collections.Immutable;

namespace Writ.Server.Api;

/// <summary>A skill, and the tools (<c>server/tool</c>, <c>server/*</c>) that its work uses.</summary>
internal sealed record SkillBody(string Id, string Name, string Description)
{
    public ImmutableArray<string> Tags { get; init; } = [];

    public ImmutableArray<string> Tools { get; init; } = [];
}
