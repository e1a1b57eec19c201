using Microsoft.AspNetCore.Http;
using Writ.Governance.Agents;

namespace Writ.Server.Api;

/// <summary>
/// The agents that the person who calls may know of. Every route about an agent finds it here and answers the same where there is none and
/// where it is not told: the same look-up, the same status, the same words.
/// </summary>
internal static class AgentLookup
{
    public static Agent? FindAgent(this HttpContext http, string id, TimeProvider time) =>
        AgentId.TryParse(id, null, out var parsed) ? http.FindAgent(parsed, time) : null;

    public static Agent? FindAgent(this HttpContext http, AgentId id, TimeProvider time)
    {
        var caller = http.Person();
        return caller.Organization.FindFor(caller.Person, id, time.GetUtcNow());
    }

    public static IResult NoSuchAgent() => Problem.Of(ApiError.NotFound, "There is no such agent.").ToResult();
}
