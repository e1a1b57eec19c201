using Writ.Cli.Api;

namespace Writ.Cli.Demo;

/// <summary>Who plays: the desk, the policies, the agent and its key.</summary>
internal sealed record DemoCast(ServerView Desk, BundleAnswer Bundle, AgentView Agent, string AgentKey);
