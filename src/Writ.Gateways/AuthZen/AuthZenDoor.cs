using Microsoft.AspNetCore.Http;
using Writ.Gateways.Mcp;
using Writ.Governance.Admission;
using Writ.Governance.Approvals;
using Writ.Governance.Credentials;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;
using Writ.Governance.Shadows;

namespace Writ.Gateways.AuthZen;

/// <summary>
/// The Authorization API of AuthZEN 1.0: registered enforcement points ask, the governor decides. Evaluations act: they consume approvals
/// and owe an effect. Searches only ask. Anyone else is refused. Thread safe.
/// </summary>
public sealed class AuthZenDoor
{
    /// <summary>The longest request body, in bytes.</summary>
    public const int MaxBodyBytes = 1 << 20;

    /// <summary>The most evaluations of one request.</summary>
    public const int MaxEvaluations = 100;

    private readonly AuthZenEntrance _entrance;
    private readonly Evaluator _evaluator;
    private readonly EntitySearch _search;
    private readonly ApprovalBoard _approvals;

    /// <summary>Opens the door.</summary>
    public AuthZenDoor(Authenticator authenticator, AdmissionControl admission, ActionIntake intake, Governor governor, ApprovalBoard approvals, ShadowBook? shadows = null)
    {
        _entrance = new AuthZenEntrance(authenticator, admission, shadows);
        _evaluator = new Evaluator(intake, governor);
        _search = new EntitySearch(intake, governor);
        _approvals = approvals;
    }

    /// <summary>Answers one evaluation (section 6).</summary>
    public Task EvaluateAsync(HttpContext http) => _entrance.ServeAsync(http, AuthZenJson.Default.EvaluationRequest, EvaluateAsync);

    /// <summary>Answers several evaluations, one after the other (section 7).</summary>
    public Task EvaluateAllAsync(HttpContext http) => _entrance.ServeAsync(http, AuthZenJson.Default.EvaluationsRequest, EvaluateAllAsync);

    /// <summary>Answers which subjects, resources or actions (section 8) would be permitted.</summary>
    public Task SearchAsync(HttpContext http, SearchKind kind) =>
        _entrance.ServeAsync(http, AuthZenJson.Default.SearchRequest, (_, caller, request) => SearchAsync(http, caller, request, kind));

    /// <summary>Answers how an access request stands that an evaluation of this enforcement point opened.</summary>
    public Task AccessRequestAsync(HttpContext http, string id) => _entrance.AdmitAsync(http, caller =>
        ApprovalId.TryParse(id, null, out var approval) && _approvals.Find(caller.Organization.Id, approval) is { } request && caller.Point.Agents.Contains(request.Agent)
            ? http.Response.WriteAsJsonAsync(AccessRequest.Of(request, _approvals.Latest), AuthZenJson.Default.AccessRequest, "application/json", http.RequestAborted)
            : AuthZenEntrance.RefuseAsync(http, 404, ReasonCodes.RequestUnreadable, "There is no such access request."));

    private async Task EvaluateAsync(HttpContext http, Caller.EnforcementPointCaller caller, EvaluationRequest request)
    {
        switch (await _evaluator.EvaluateAsync(caller, request, TaskOf(http), TraceOf(http), ChainOf(http)))
        {
            case Evaluated.Answered { Response: var response }:
                await http.Response.WriteAsJsonAsync(response, AuthZenJson.Default.EvaluationResponse, "application/json", http.RequestAborted);
                break;
            case Evaluated.Refused refused:
                await AuthZenEntrance.RefuseAsync(http, refused.Status, refused.Code, refused.Detail);
                break;
        }
    }

    private async Task EvaluateAllAsync(HttpContext http, Caller.EnforcementPointCaller caller, EvaluationsRequest request)
    {
        if (request.Evaluations is not { IsDefaultOrEmpty: false } items)
        {
            // Section 7.1: without evaluations it is a single one.
            await (request.Single() is { } single
                ? EvaluateAsync(http, caller, single)
                : AuthZenEntrance.RefuseAsync(http, 400, ReasonCodes.RequestUnreadable, "without evaluations, subject, action and resource are needed"));
            return;
        }

        if (items.Length > MaxEvaluations)
        {
            await AuthZenEntrance.RefuseAsync(http, 400, ReasonCodes.RequestUnreadable, $"evaluations: at most {MaxEvaluations}");
            return;
        }

        var answer = await _evaluator.EvaluateAllAsync(caller, request, TaskOf(http), TraceOf(http), ChainOf(http));
        await http.Response.WriteAsJsonAsync(answer, AuthZenJson.Default.EvaluationsResponse, "application/json", http.RequestAborted);
    }

    private async Task SearchAsync(HttpContext http, Caller.EnforcementPointCaller caller, SearchRequest request, SearchKind kind)
    {
        var (answer, obstacle) = await _search.FindAsync(caller, request, kind, TaskOf(http), http.RequestAborted);
        await (answer is null
            ? AuthZenEntrance.RefuseAsync(http, 400, ReasonCodes.RequestUnreadable, obstacle)
            : http.Response.WriteAsJsonAsync(answer, AuthZenJson.Default.SearchResponse, "application/json", http.RequestAborted));
    }

    private static TraceParent? TraceOf(HttpContext http) => TraceParent.Read(HeaderCheck.Single(http.Request.Headers, "traceparent"));

    private static PresentedChain? ChainOf(HttpContext http) => http.Request.Headers.TryGetValue(PresentedChain.Header, out var chain)
        ? PresentedChain.Read(chain.ToString(), HeaderCheck.Single(http.Request.Headers, PresentedChain.ProofHeader))
        : null;

    private static string TaskOf(HttpContext http) => http.Request.Headers["Writ-Task"].ToString();
}
