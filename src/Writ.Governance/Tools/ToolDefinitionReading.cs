namespace Writ.Governance.Tools;

/// <summary>What came of reading a tool definition that a server showed.</summary>
public abstract record ToolDefinitionReading
{
    private ToolDefinitionReading()
    {
    }

    public sealed record Read(ToolDefinition Definition) : ToolDefinitionReading;

    /// <summary>Not a definition Writ can govern.</summary>
    /// <param name="Name">The name it claims, where it has a usable one.</param>
    /// <param name="Cause">What is wrong, for people.</param>
    public sealed record Refused(string? Name, string Cause) : ToolDefinitionReading;
}
