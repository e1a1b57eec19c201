using Writ.Governance.Decisions;
using Writ.Governance.Policies.Constraints;

namespace Writ.Governance.Limits;

/// <summary>Who made a call, by the ids that Writ itself gave: those that a caller chooses count nothing (T26).</summary>
/// <param name="Action">The tool's action.</param>
/// <param name="Agent">The agent.</param>
/// <param name="Credential">The key id.</param>
/// <param name="Task">The task at the top of the tree.</param>
internal readonly record struct RateCaller(string Action, Guid Agent, string Credential, Guid Task)
{
    public static RateCaller Of(ActionRequest request) =>
        new(request.Tool!.ActionName, request.Facts.Agent.Id.Value, request.Facts.Credential, request.Facts.Task.Root.Value);

    public RateKey KeyOf(Constraint.RateLimit limit) => new(
        // A name is a slug and an action has a slash in it: neither is ever taken for the other.
        limit.Name ?? Action,
        limit.Scope,
        limit.Scope switch
        {
            RateScope.Agent => Agent.ToString(),
            RateScope.Credential => Credential,
            RateScope.Task => Task.ToString(),
            _ => throw new ArgumentOutOfRangeException(nameof(limit)),
        },
        limit.Window);
}
