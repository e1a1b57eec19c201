using Writ.Governance.Tools;

namespace Writ.Server.Api;

/// <summary>A tool as the API shows it.</summary>
internal sealed record ToolView(string Name, string Standing, string? Cause, string? Effect, string? Capability, string? Digest)
{
    public static ToolView Of(Tool tool) => new(
        tool.Name,
        tool.Obstacle is null ? "admitted" : "quarantined",
        tool.Obstacle,
        tool.Classification?.Effect.Word(),
        tool.Classification?.Capability,
        tool.Definition?.Digest.ToHex());
}
