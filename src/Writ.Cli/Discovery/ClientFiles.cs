namespace Writ.Cli.Discovery;

/// <summary>
/// Where clients of MCP keep their configuration: in a project, and below a person's home. Paths as the clients' own documentation has them in 2026.
/// </summary>
internal static class ClientFiles
{
    /// <summary>By the end of a path in a project, whose file that is.</summary>
    public static IReadOnlyList<(string Path, string Client)> InProject { get; } =
    [
        (".mcp.json", "claude-code"),
        (".claude/settings.json", "claude-code"),
        (".claude/settings.local.json", "claude-code"),
        (".cursor/mcp.json", "cursor"),
        (".vscode/mcp.json", "vscode"),
        (".vscode/settings.json", "vscode"),
        (".vs/mcp.json", "visual-studio"),
        (".zed/settings.json", "zed"),
        (".roo/mcp.json", "roo-code"),
        (".gemini/settings.json", "gemini-cli"),
        (".codex/config.toml", "codex"),
        (".amazonq/mcp.json", "amazon-q"),
        (".kiro/settings/mcp.json", "kiro"),
        (".junie/mcp/mcp.json", "junie"),
        ("opencode.json", "opencode"),
        (".windsurf/mcp_config.json", "windsurf"),
        (".continue/config.yaml", "continue"),
        (".continue/config.json", "continue"),
    ];

    /// <summary>Below a home, on Linux, macOS and Windows alike: what is not there is passed over.</summary>
    public static IReadOnlyList<(string Path, string Client)> InHome { get; } =
    [
        (".config/Claude/claude_desktop_config.json", "claude-desktop"),
        ("Library/Application Support/Claude/claude_desktop_config.json", "claude-desktop"),
        ("AppData/Roaming/Claude/claude_desktop_config.json", "claude-desktop"),
        (".claude.json", "claude-code"),
        (".claude/settings.json", "claude-code"),
        (".cursor/mcp.json", "cursor"),
        (".config/Code/User/mcp.json", "vscode"),
        (".config/Code/User/settings.json", "vscode"),
        ("Library/Application Support/Code/User/mcp.json", "vscode"),
        ("Library/Application Support/Code/User/settings.json", "vscode"),
        ("AppData/Roaming/Code/User/mcp.json", "vscode"),
        ("AppData/Roaming/Code/User/settings.json", "vscode"),
        (".codeium/windsurf/mcp_config.json", "windsurf"),
        (".codeium/mcp_config.json", "windsurf"),
        (".config/zed/settings.json", "zed"),
        (".continue/config.yaml", "continue"),
        (".continue/config.json", "continue"),
        (".config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json", "cline"),
        ("Library/Application Support/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json", "cline"),
        ("AppData/Roaming/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json", "cline"),
        (".config/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json", "roo-code"),
        ("Library/Application Support/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json", "roo-code"),
        (".gemini/settings.json", "gemini-cli"),
        (".codex/config.toml", "codex"),
        (".config/goose/config.yaml", "goose"),
        ("AppData/Roaming/Block/goose/config/config.yaml", "goose"),
        (".aws/amazonq/mcp.json", "amazon-q"),
        (".lmstudio/mcp.json", "lm-studio"),
        (".copilot/mcp-config.json", "copilot-cli"),
        (".kiro/settings/mcp.json", "kiro"),
        (".junie/mcp/mcp.json", "junie"),
        (".config/opencode/opencode.json", "opencode"),
    ];

    /// <summary>The client whose file a path in a project is; null where it is none's.</summary>
    /// <param name="path">The path below the scanned folder, with slashes.</param>
    public static string? Of(string path)
    {
        foreach (var (end, client) in InProject)
        {
            if (path == end || path.EndsWith("/" + end, StringComparison.Ordinal))
                return client;
        }

        return path.Contains("/.continue/mcpServers/", StringComparison.Ordinal) || path.StartsWith(".continue/mcpServers/", StringComparison.Ordinal) ? "continue" : null;
    }
}
