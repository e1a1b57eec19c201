namespace Writ.Governance.Policies.Publishing;

/// <summary>Why a proposal cannot be confirmed.</summary>
/// <param name="Name">One of <c>unknown, other_digest, expired, outdated, proposer, too_close, refused</c>; never renamed.</param>
/// <param name="Text">For people.</param>
public sealed record ConfirmationObstacle(string Name, string Text);
