namespace Writ.Cli.Discovery;

/// <summary>Packages that agents are built with, by registry. A name that ends with <c>*</c> stands for all that begin so.</summary>
internal static class AgentSdks
{
    private static readonly (string Registry, string Package, string Framework)[] Known =
    [
        ("npm", "langchain", "langchain"), ("npm", "@langchain/langgraph*", "langgraph"), ("npm", "@langchain/*", "langchain"), ("npm", "deepagents", "langgraph"),
        ("npm", "@openai/agents*", "openai-agents"), ("npm", "openai", "openai"), ("npm", "ai", "vercel-ai"), ("npm", "@ai-sdk/*", "vercel-ai"),
        ("npm", "@anthropic-ai/claude-agent-sdk", "claude-agent-sdk"), ("npm", "@anthropic-ai/claude-code", "claude-agent-sdk"), ("npm", "@anthropic-ai/sdk", "anthropic"),
        ("npm", "@modelcontextprotocol/*", "mcp"), ("npm", "fastmcp", "mcp"), ("npm", "@mastra/*", "mastra"), ("npm", "llamaindex", "llamaindex"), ("npm", "@llamaindex/*", "llamaindex"),
        ("npm", "@google/adk", "google-adk"), ("npm", "genkit", "genkit"), ("npm", "@genkit-ai/*", "genkit"), ("npm", "@microsoft/agents-*", "microsoft-agents"), ("npm", "@a2a-js/sdk", "a2a"),
        ("npm", "@strands-agents/sdk", "strands"), ("npm", "@github/copilot-sdk", "copilot-sdk"), ("npm", "@copilotkit/*", "copilotkit"), ("npm", "botbuilder*", "bot-framework"),
        ("pypi", "langgraph*", "langgraph"), ("pypi", "langchain*", "langchain"), ("pypi", "deepagents", "langgraph"), ("pypi", "crewai*", "crewai"), ("pypi", "autogen*", "autogen"),
        ("pypi", "pyautogen", "autogen"), ("pypi", "ag2", "autogen"), ("pypi", "openai-agents", "openai-agents"), ("pypi", "openai", "openai"), ("pypi", "anthropic", "anthropic"),
        ("pypi", "claude-agent-sdk", "claude-agent-sdk"), ("pypi", "claude-code-sdk", "claude-agent-sdk"), ("pypi", "semantic-kernel", "semantic-kernel"),
        ("pypi", "agent-framework*", "microsoft-agent-framework"), ("pypi", "microsoft-agents-*", "microsoft-agents"), ("pypi", "azure-ai-agents", "azure-ai-agents"), ("pypi", "google-adk", "google-adk"),
        ("pypi", "mcp", "mcp"), ("pypi", "fastmcp", "mcp"), ("pypi", "llama-index*", "llamaindex"), ("pypi", "pydantic-ai*", "pydantic-ai"), ("pypi", "smolagents", "smolagents"),
        ("pypi", "haystack-ai", "haystack"), ("pypi", "strands-agents*", "strands"), ("pypi", "bedrock-agentcore*", "bedrock-agentcore"), ("pypi", "a2a-sdk", "a2a"), ("pypi", "agno", "agno"),
        ("pypi", "letta*", "letta"), ("pypi", "dspy*", "dspy"), ("pypi", "camel-ai", "camel"), ("pypi", "atomic-agents", "atomic-agents"),
        ("nuget", "Microsoft.SemanticKernel*", "semantic-kernel"), ("nuget", "Microsoft.Agents.AI*", "microsoft-agent-framework"), ("nuget", "Microsoft.Agents.*", "microsoft-agents"),
        ("nuget", "Microsoft.AutoGen*", "autogen"), ("nuget", "AutoGen*", "autogen"), ("nuget", "Microsoft.Extensions.AI*", "microsoft-extensions-ai"), ("nuget", "ModelContextProtocol*", "mcp"),
        ("nuget", "Azure.AI.Agents*", "azure-ai-agents"), ("nuget", "LangChain*", "langchain"), ("nuget", "OpenAI", "openai"), ("nuget", "Anthropic*", "anthropic"), ("nuget", "A2A*", "a2a"),
        ("nuget", "Microsoft.Bot.Builder*", "bot-framework"),
        ("go", "github.com/modelcontextprotocol/go-sdk", "mcp"), ("go", "github.com/mark3labs/mcp-go", "mcp"), ("go", "github.com/tmc/langchaingo", "langchain"), ("go", "google.golang.org/adk", "google-adk"),
        ("go", "github.com/cloudwego/eino", "eino"), ("crates", "rmcp", "mcp"), ("crates", "rig-core", "rig"), ("crates", "swiftide", "swiftide"),
    ];

    /// <summary>What a package is of; null for one that no agent is built with.</summary>
    public static string? FrameworkOf(string registry, string package)
    {
        foreach (var (known, name, framework) in Known)
        {
            if (known == registry && (name[^1] == '*' ? package.StartsWith(name.AsSpan(..^1), StringComparison.OrdinalIgnoreCase) : package.Equals(name, StringComparison.OrdinalIgnoreCase)))
                return framework;
        }

        return null;
    }
}
