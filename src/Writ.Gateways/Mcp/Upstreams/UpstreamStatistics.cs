namespace Writ.Gateways.Mcp.Upstreams;

/// <summary>Counts since the upstream was made.</summary>
/// <param name="Starts">Times it was started or opened.</param>
/// <param name="Deaths">Times it ended or was ended for misbehaving.</param>
/// <param name="Answered">Calls it answered, with a result or an error of its own.</param>
/// <param name="Failed">Calls it did not answer, for any reason.</param>
/// <param name="TimedOut">Those of them that timed out.</param>
/// <param name="GarbageMessages">Messages that were not MCP and were dropped.</param>
/// <param name="UnknownAnswers">Answers to no open call: a wrong id, a second answer, or one that came too late.</param>
/// <param name="RefusedRequests">Requests of the upstream towards its client that Writ does not offer.</param>
public sealed record UpstreamStatistics(
    long Starts, long Deaths, long Answered, long Failed, long TimedOut, long GarbageMessages, long UnknownAnswers, long RefusedRequests);
