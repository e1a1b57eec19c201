using System.Collections.Immutable;
using Writ.Gateways.Points;
using Writ.Governance.Organizations;
using Writ.Governance.Policies.Remote;

namespace Writ.Server.Api;

/// <summary>A decision point as people see it: where it is, what it is asked about, and how it stands. A secret is never shown, only where it comes from.</summary>
internal sealed record DecisionPointView(string Name, DecisionPointKind Kind, string Url, ImmutableArray<string> Actions, int TimeoutMs, string State)
{
    /// <summary>The variable that holds its secret; null where it is asked without one.</summary>
    public string? SecretVariable { get; init; }

    /// <summary>Whether the variable holds something that can be sent. Without that, every question to the point is refused.</summary>
    public bool? SecretSet { get; init; }

    public static DecisionPointView Of(OrganizationId organization, DecisionPoint point, PointGuards guards, PointSecrets secrets)
    {
        var view = new DecisionPointView(point.Name, point.Kind, point.Url, point.Actions, point.TimeoutMs, guards.IsClosed(point) ? "asked" : "resting");
        return point.SecretHeader is null
            ? view
            : view with { SecretVariable = PointSecrets.VariableOf(organization, point.Name), SecretSet = secrets.Find(organization, point.Name) is not null };
    }
}
