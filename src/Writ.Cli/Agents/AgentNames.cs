using System.CommandLine;
using System.Text.Json.Nodes;
using Writ.Cli.Api;
using Writ.Cli.Terminal;
using Writ.Server.Configuration;

namespace Writ.Cli.Agents;

/// <summary>Finds the agent that a person means by its name or id. Two that fit are nobody.</summary>
internal static class AgentNames
{
    /// <summary>Does something with the agent that a command names, or says why there is none.</summary>
    public static async Task<ExitCode> WithAsync(ApiCall call, Argument<string> agent, Func<AgentView, Task<ExitCode>> work, CancellationToken cancellation) =>
        await FindAsync(call, call.Parse.GetRequiredValue(agent), cancellation) switch
        {
            ApiResult<AgentView>.Failed failed => call.Screen.Fail(failed.Trouble),
            ApiResult<AgentView>.Ok found => await work(found.Value),
            _ => throw new InvalidOperationException(),
        };

    public static async Task<ApiResult<AgentView>> FindAsync(ApiCall call, string nameOrId, CancellationToken cancellation)
    {
        switch (await call.Api.GetAsync("/v1/agents", ApiJson.Default.AgentList, cancellation))
        {
            case ApiResult<AgentList>.Failed failed:
                return new ApiResult<AgentView>.Failed(failed.Trouble);
            case ApiResult<AgentList>.Ok { Value.Agents: var agents }:
                var found = agents.Where(a => a.Id == nameOrId || a.Name == nameOrId).ToArray();
                if (found is [var one])
                    return new ApiResult<AgentView>.Ok(one, new JsonObject());
                var near = Nearest.To(nameOrId, agents.Select(a => a.Name));
                return new ApiResult<AgentView>.Failed(found.Length > 1
                    ? new Trouble(ExitCode.BadInput, $"'{nameOrId}' is the name of {found.Length} agents") { Advice = "Name the one you mean by its id: `writ agent list`." }
                    : new Trouble(ExitCode.BadInput, $"there is no agent '{nameOrId}'")
                    {
                        Advice = near is null ? "See them with `writ agent list`." : $"Did you mean '{InertText.Of(near)}'?",
                    });
            default:
                throw new InvalidOperationException();
        }
    }
}
