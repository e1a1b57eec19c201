using Writ.Identity.Delegation;

namespace Writ.Governance.Delegation;

/// <summary>The chain of a call with what became of verifying its signatures and links.</summary>
/// <param name="Presented">What was sent.</param>
/// <param name="Verified">The chain; null where it is refused.</param>
/// <param name="Fault">Why it is refused.</param>
public sealed record ActionChain(PresentedChain Presented, DelegationChain? Verified, DelegationFault Fault);
