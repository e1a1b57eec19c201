using System.Collections.Immutable;
using System.Text;
using Writ.Crypto.Hashing;
using Writ.Crypto.Jose;
using Writ.Governance.Agents;
using Writ.Governance.Controls;
using Writ.Governance.Registry;
using Writ.Identity.Delegation;
using Writ.Identity.Spiffe;

namespace Writ.Governance.Delegation;

/// <summary>
/// Mints roots and reads chains. A root gives no more than its agent has been given when it is minted, and, because that is asked again at
/// every use, no more than the agent still has. Thread safe; the key is the caller's to dispose.
/// </summary>
/// <param name="trustDomain">The SPIFFE trust domain of the installation.</param>
/// <param name="key">Signs roots.</param>
/// <param name="time">The clock.</param>
public sealed class DelegationAuthority(string trustDomain, JsonWebSigningKey key, TimeProvider time)
{
    /// <summary>How often authority may be handed on.</summary>
    public const int MaxDepth = 8;

    private static readonly TimeSpan ShortestLife = TimeSpan.FromMinutes(1);

    private readonly ChainVerifier _verifier = new($"spiffe://{trustDomain}", key.VerificationKey, time);

    /// <summary>Who roots are of, and who proofs of possession are for.</summary>
    public string Issuer { get; } = $"spiffe://{trustDomain}";

    /// <summary>Proofs that were used.</summary>
    internal NonceBook Proofs { get; } = new(time);

    /// <summary>A root for an agent with the action that records it, or what is wrong with the request.</summary>
    public (string? Token, DelegationMinted? Minted, string? Obstacle) Mint(Agent agent, MintRequest request)
    {
        if (request.Life < ShortestLife || request.Life > DelegationLimits.MaxLifetime)
            return (null, null, "a delegation lives from one minute to 90 days");
        if (request.MaxDepth is < 0 or > MaxDepth)
            return (null, null, $"authority is handed on at most {MaxDepth} times");
        if (request.Tools.ByName.IsEmpty)
            return (null, null, "a delegation names at least one tool");
        if (request.Tools.ByName.Keys.FirstOrDefault(tool => !IsGranted(agent, tool)) is not null)
            return (null, null, "a delegation names only tools, as server/tool, that the agent has been given");
        if (request.Spend is { Currency: not "USD" })
            return (null, null, "Writ accounts in USD");
        var now = DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());
        var id = Guid.CreateVersion7(now);
        var terms = new DelegationTerms
        {
            Agent = SpiffeId.ForAgent(trustDomain, agent.Id.Value),
            Organization = agent.Organization.ToString(),
            Principal = agent.Owner.ToString(),
            Audiences = [Issuer],
            IssuedAt = now,
            Expires = now + TimeSpan.FromSeconds((long)request.Life.TotalSeconds),
            MaxDepth = request.MaxDepth,
            Tools = request.Tools,
            Spend = request.Spend,
            Calls = request.Calls,
            DataClasses = request.DataClasses,
            Purpose = request.Purpose,
        };
        try
        {
            var token = DelegationSigner.Root(Issuer, id.ToString(), terms, request.Holder, key);
            var hash = Hash256.Of(Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')])).ToHex();
            return (token, new DelegationMinted(agent.Id, id, agent.Owner, hash, terms.Expires), null);
        }
        catch (ArgumentException)
        {
            return (null, null, "no token can say this: check the key (Ed25519 or P-256) and the limits");
        }
    }

    /// <summary>Verifies what came with a call: signatures, links and times; what the registry knows of it is the gate's to ask.</summary>
    public ActionChain Read(PresentedChain presented)
    {
        ArgumentNullException.ThrowIfNull(presented);
        var fault = _verifier.TryVerify(presented.Tokens, out var chain);
        return new ActionChain(presented, chain, fault);
    }

    /// <summary>
    /// The agent with what it holds under a chain instead of what it was given itself: the tools of the last token that the agent at the
    /// root has still been given. Where the chain is refused, the agent as it is; the gate refuses its call.
    /// </summary>
    public static Agent Under(OrganizationState state, Agent agent, ActionChain? chain, DateTimeOffset now)
    {
        if (chain?.Verified is not { } verified || !verified.Root.Terms.Agent.TryGetAgent(out var id) || !state.Agents.TryGetValue(new AgentId(id), out var root))
            return agent;
        var grants = ImmutableArray.CreateBuilder<Grant>();
        foreach (var tool in verified.Leaf.Terms.Tools.ByName.Keys)
        {
            if (Grant.TryParse(tool, out var grant) && IsGranted(root.At(now), tool))
                grants.Add(grant!);
        }

        return agent with { Grants = grants.ToImmutable() };
    }

    internal static bool IsGranted(Agent agent, string tool) =>
        Grant.TryParse(tool, out var named) && named!.Tool != Grant.EveryTool && agent.Grants.Any(grant => grant.Covers(named.Server, named.Tool));
}
