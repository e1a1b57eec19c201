using System.Text.Json;

namespace Writ.Governance.Replay;

/// <summary>A parameter of a <see cref="NeutralTool"/>.</summary>
public sealed record NeutralParameter
{
    /// <summary>Its type in Python's words, such as <c>list[str] | None</c>; see <see cref="NeutralTypes"/>.</summary>
    public required string Type { get; init; }

    public string? Doc { get; init; }

    /// <summary>What stands for it when it is left out; undefined for a parameter that is required.</summary>
    public JsonElement Default { get; init; }

    internal bool IsRequired => Default.ValueKind == JsonValueKind.Undefined;
}
