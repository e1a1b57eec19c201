using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Registry;
using Writ.Identity.Delegation;

namespace Writ.Governance.Delegation;

/// <summary>
/// A call under a chain: (1) the chain is sound, (2) its root was minted here and no link was withdrawn, (3) every agent on it is active and not
/// stopped, (4) the last is the one that calls, (5) every link allows this call, (6) the caller holds the key and proves it for this very call.
/// The state of agents and links is asked anew for every call, so that to suspend one in the middle stops all that descends from it.
/// </summary>
public sealed class ChainGate(DelegationAuthority authority) : IGate
{
    public string Name => "chain";

    public ValueTask<GateResult> CheckAsync(ActionRequest request, CancellationToken cancellation) => ValueTask.FromResult(
        request.Facts.Chain is { } chain ? Check(request, chain) : GateResult.Passed.Instance);

    private GateResult Check(ActionRequest request, ActionChain presented)
    {
        if (presented.Verified is not { } chain)
            return Deny(ReasonCodes.ChainRefused, presented.Fault.ToString());
        return CheckRoot(request.Organization, chain)
            ?? CheckAgents(request, chain)
            ?? CheckCall(request, chain)
            ?? CheckProof(request, presented.Presented.Proof, chain)
            ?? (GateResult)GateResult.Passed.Instance;
    }

    private static GateResult.Denied? CheckRoot(OrganizationState state, DelegationChain chain)
    {
        if (chain.Root.Terms.Organization != state.Id.ToString()
            || !Guid.TryParse(chain.Root.Id, out var id) || !state.Delegations.TryGetValue(id, out var minted) || minted.Hash != chain.Root.Hash.ToHex())
            return Deny(ReasonCodes.ChainRefused, "its root was not minted for this organization");
        return chain.Tokens.Any(link => state.RevokedLinks.ContainsKey(link.Hash)) ? Deny(ReasonCodes.ChainWithdrawn, "a link of the chain was withdrawn") : null;
    }

    private static GateResult.Denied? CheckAgents(ActionRequest request, DelegationChain chain)
    {
        foreach (var link in chain.Tokens)
        {
            if (!link.Terms.Agent.TrustDomain.SequenceEqual(chain.Root.Terms.Agent.TrustDomain) || !link.Terms.Agent.TryGetAgent(out var id)
                || !request.Organization.Agents.TryGetValue(new AgentId(id), out var agent))
                return Deny(ReasonCodes.ChainRefused, $"the agent at depth {link.Depth} is not registered");
            if (agent.Lifecycle != AgentLifecycle.Active)
                return Deny(ReasonCodes.ChainAgentStopped, $"the agent at depth {link.Depth} is not active");
            if (request.Organization.Kills.Stopping(agent, request.Server, request.ToolName) is not null)
                return Deny(ReasonCodes.ChainAgentStopped, $"the agent at depth {link.Depth} was stopped");
        }

        return chain.Leaf.Terms.Agent.TryGetAgent(out var leaf) && leaf == request.Facts.Agent.Id.Value
            ? null
            : Deny(ReasonCodes.ChainRefused, "the chain ends with another agent than the one that calls");
    }

    private static GateResult.Denied? CheckCall(ActionRequest request, DelegationChain chain)
    {
        if (!chain.Allows(ToolOf(request), request.Arguments.Value))
            return Deny(ReasonCodes.ChainTooNarrow, "a link of the chain does not allow this tool with these arguments");
        var touched = request.Tool?.Classification?.DataClasses ?? [];
        return !touched.IsDefaultOrEmpty && chain.Tokens.Any(link => !link.Terms.DataClasses.IsDefault && !touched.All(one => link.Terms.DataClasses.Contains(one)))
            ? Deny(ReasonCodes.ChainTooNarrow, "a link of the chain does not allow the data that the tool touches")
            : null;
    }

    private GateResult.Denied? CheckProof(ActionRequest request, string? proof, DelegationChain chain)
    {
        var fault = PossessionProof.Check(
            proof, chain.Leaf, ToolOf(request), request.Arguments.Digest, authority.Issuer, request.Facts.Time, out var nonce);
        if (fault == DelegationFault.None && !authority.Proofs.TryUse(nonce.Id, nonce.Until))
            fault = DelegationFault.ProofReplayed;
        return fault == DelegationFault.None ? null : Deny(ReasonCodes.ProofRefused, fault.ToString());
    }

    private static string ToolOf(ActionRequest request) => $"{request.Server}/{request.ToolName}";

    private static GateResult.Denied Deny(ReasonCode code, string detail) => GateResult.Denied.Because(code, detail);
}
