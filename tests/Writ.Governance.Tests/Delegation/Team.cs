using System.Text;
using Writ.Crypto.Jose;
using Writ.Crypto.Signing;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.Delegation;
using Writ.Identity.Delegation;

namespace Writ.Governance.Tests.Delegation;

/// <summary>An orchestrator that was given the desk, and agents that were given nothing, each with a key of its own.</summary>
internal sealed class Team
{
    private readonly World _world;

    private Team(World world) => _world = world;

    public List<(AgentId Id, string Credential, JsonWebSigningKey Key)> Agents { get; } = [];

    public static async Task<Team> OfAsync(World world, int agents = 3)
    {
        var team = new Team(world);
        for (var i = 0; i < agents; i++)
        {
            var (id, credential) = i == 0 ? (world.Agent, world.Key) : await world.AddAgentAsync();
            team.Agents.Add((id, credential, JsonWebSigningKey.FromEd25519(Ed25519PrivateKey.Generate())));
        }

        return team;
    }

    /// <summary>A chain from the orchestrator to the agent at a depth; roots and children are as a change makes them.</summary>
    public async Task<List<string>> ChainAsync(int depth = 1, Func<MintRequest, MintRequest>? root = null, Func<DelegationTerms, DelegationTerms>? child = null)
    {
        var request = new MintRequest
        {
            Holder = Agents[0].Key.VerificationKey,
            Tools = DelegatedTools.Unconstrained("desk/look", "desk/note"),
            Life = TimeSpan.FromHours(1),
            MaxDepth = 4,
        };
        var (token, minted, obstacle) = _world.Delegations.Mint(_world.State.Agents[Agents[0].Id], root?.Invoke(request) ?? request);
        Assert.True(minted is not null, obstacle);
        await _world.TakeAsync(minted);
        List<string> tokens = [token!];
        for (var i = 1; i <= depth; i++)
            tokens.Add(Derive(tokens[^1], i, child));
        return tokens;
    }

    public string Derive(string parent, int depth, Func<DelegationTerms, DelegationTerms>? change = null)
    {
        Assert.Equal(DelegationFault.None, DelegationSigner.TryReadTerms(parent, Agents[depth - 1].Key.VerificationKey, out var held));
        var terms = held! with { Agent = Identity.Spiffe.SpiffeId.ForAgent("test.example", Agents[depth].Id.Value) };
        Assert.True(
            DelegationSigner.TryDerive(parent, Guid.NewGuid().ToString(), change?.Invoke(terms) ?? terms, Agents[depth].Key.VerificationKey, Agents[depth - 1].Key, out var text, out var fault),
            fault.ToString());
        return text;
    }

    /// <summary>Calls as the agent at the end of a chain, with a new proof.</summary>
    public Task<Decision> CallAsync(List<string> chain, string tool = "look", string arguments = "{}", int? agent = null) =>
        _world.CallAsync(tool, arguments, key: Agents[agent ?? chain.Count - 1].Credential, chain: Present(chain, tool, arguments, agent));

    public PresentedChain Present(List<string> chain, string tool = "look", string arguments = "{}", int? agent = null) => new(
        [.. chain],
        PossessionProof.Make(chain[^1], $"desk/{tool}", Encoding.UTF8.GetBytes(arguments), _world.Delegations.Issuer, Agents[agent ?? chain.Count - 1].Key, _world.Time));
}
