using Microsoft.AspNetCore.Http;
using Writ.Governance.Credentials;
using Writ.Governance.Querying;

namespace Writ.Server.Api;

/// <summary>Who a route serves, and who called it.</summary>
internal static class CallerKindsExtensions
{
    public static bool Includes(this CallerKinds kinds, Caller caller) => caller switch
    {
        Caller.PersonCaller => kinds.HasFlag(CallerKinds.People),
        Caller.AgentCaller => kinds.HasFlag(CallerKinds.Agents),
        Caller.EnforcementPointCaller => kinds.HasFlag(CallerKinds.EnforcementPoints),
        Caller.InvitedCaller => kinds.HasFlag(CallerKinds.Invited),
        Caller.DirectoryCaller => kinds.HasFlag(CallerKinds.Directories),
        Caller.EnrollingCaller => kinds.HasFlag(CallerKinds.Enrolling),
        _ => false,
    };

    public static string Describe(this CallerKinds kinds) => string.Join(" and ", new[]
    {
        kinds.HasFlag(CallerKinds.People) ? "people" : null,
        kinds.HasFlag(CallerKinds.Agents) ? "agents" : null,
        kinds.HasFlag(CallerKinds.EnforcementPoints) ? "enforcement points" : null,
        kinds.HasFlag(CallerKinds.Invited) ? "holders of an enrolment token" : null,
        kinds.HasFlag(CallerKinds.Directories) ? "directories" : null,
        kinds.HasFlag(CallerKinds.Enrolling) ? "agents with an enrolment token" : null,
    }.Where(word => word is not null));

    /// <summary>The caller that the filter let in.</summary>
    public static Caller CurrentCaller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("a route without a caller filter asked who calls");

    /// <summary>The directory that the filter let in.</summary>
    public static Caller.DirectoryCaller Directory(this HttpContext context) => (Caller.DirectoryCaller)context.CurrentCaller();

    /// <summary>The person that the filter let in.</summary>
    public static Caller.PersonCaller Person(this HttpContext context) => (Caller.PersonCaller)context.CurrentCaller();

    /// <summary>Which records the person who is calling reads.</summary>
    public static ReaderScope Reads(this HttpContext context, TimeProvider time)
    {
        var caller = context.Person();
        return ReaderScope.Of(caller.Person, caller.Organization.Agents.Values, time.GetUtcNow());
    }
}
