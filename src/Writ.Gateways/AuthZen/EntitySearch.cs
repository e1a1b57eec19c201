using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Tools;

namespace Writ.Gateways.AuthZen;

/// <summary>
/// Searches by asking: each candidate the enforcement point could name is put to the same gates as an evaluation, and nothing is recorded
/// or consumed. A result is one that would be permitted now, constraints included. Thread safe.
/// </summary>
internal sealed class EntitySearch(ActionIntake intake, Governor governor)
{
    /// <summary>The most results of one page, and how many there are where none is asked for.</summary>
    public const int MaxPage = 1_000;

    /// <summary>The most candidates one request puts to the gates; the next page goes on where it ended.</summary>
    public const int MaxAsked = 5_000;

    /// <summary>A page, or null and what is wrong with the request.</summary>
    public async Task<(SearchResponse? Answer, string Obstacle)> FindAsync(
        Caller.EnforcementPointCaller caller, SearchRequest request, SearchKind kind, string task, CancellationToken cancellation)
    {
        if (request.Page?.Limit is < 1 or > MaxPage)
            return (null, $"page.limit: 1 to {MaxPage}");
        if (request.Page?.Token is not (null or "") && Place(request.Page.Token) is null)
            return (null, "page.token: not one of this endpoint's");
        if (request.With(kind, "x", out var open) is null)
            return (null, open);
        var limit = request.Page?.Limit ?? MaxPage;
        var after = Place(request.Page?.Token) ?? "";
        var results = ImmutableArray.CreateBuilder<SearchResult>();
        var (asked, last) = (0, after);
        foreach (var candidate in Candidates(caller, request, kind).Where(c => string.CompareOrdinal(c, after) > 0))
        {
            if (results.Count == limit || asked++ == MaxAsked)
                return (new SearchResponse(results.ToImmutable(), new SearchedPage(Token(last), results.Count)), "");
            cancellation.ThrowIfCancellationRequested();
            last = candidate;
            if (EvaluationReading.Read(request.With(kind, candidate, out _)!, caller, task, out var obstacle) is not { } call)
                return (null, obstacle);
            if (intake.Suppose(call) is not { } supposed)
                return (null, ReasonCodes.TaskRefused.AgentMessage);
            if ((await governor.ExplainAsync(supposed)).Result is GateResult.Permitted)
                results.Add(Result(request, kind, candidate));
        }

        return (new SearchResponse(results.ToImmutable(), new SearchedPage("", results.Count)), "");
    }

    /// <summary>What the enforcement point could put in the open part, in order; nothing that is not its own.</summary>
    private static IEnumerable<string> Candidates(Caller.EnforcementPointCaller caller, SearchRequest request, SearchKind kind)
    {
        var (point, organization) = (caller.Point, caller.Organization);
        var ofApplication = point.Application is { } application && application.Subjects.Contains(request.Subject.Type);
        IEnumerable<string> all = kind switch
        {
            SearchKind.Subject when ofApplication => point.Entities.Of(request.Subject.Type),
            SearchKind.Subject when request.Subject.Type == "agent" => point.Agents.Where(organization.Agents.ContainsKey).Select(a => a.ToString()),
            SearchKind.Resource when ofApplication => point.Entities.Of(request.Resource.Type),
            SearchKind.Resource when request.Resource.Type == "tool" => organization.ServersBySlug.Values.SelectMany(s => s.Tools.Keys.Select(t => $"{s.Slug}/{t}")),
            SearchKind.Action when ofApplication => organization.Server(point.Application!.Server)?.Tools.Keys ?? [],
            SearchKind.Action => ["tool/call"],
            _ => [],
        };
        return all.Order(StringComparer.Ordinal);
    }

    private static SearchResult Result(SearchRequest request, SearchKind kind, string candidate) => kind switch
    {
        SearchKind.Subject => new SearchResult(request.Subject.Type, candidate, null),
        SearchKind.Resource => new SearchResult(request.Resource.Type, candidate, null),
        _ => new SearchResult(null, null, candidate),
    };

    private static string Token(string last) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(last));

    private static string? Place(string? token) =>
        token is not null && token.Length <= 4 * StatedEntity.MaxIdLength && Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)) : null;
}
