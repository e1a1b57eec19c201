using Writ.Cedar.Authorization;
using Writ.Cedar.Entities;

namespace Writ.Governance.Policies;

/// <summary>The very question a snapshot asks its policies about an action, for whoever explains the answer.</summary>
/// <param name="Request">Principal, action, resource and context.</param>
/// <param name="Entities">What is known of them.</param>
/// <param name="WithoutClaims">The same question as if the agent had said nothing of itself; the same object where it did not.</param>
internal sealed record Inquiry(Request Request, EntityStore Entities, Request WithoutClaims);
