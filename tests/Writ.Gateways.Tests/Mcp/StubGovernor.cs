using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Writ.Gateways.Mcp.Governed;
using Writ.Gateways.Mcp.Upstreams;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Delegation;
using Writ.Governance.Kills;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Shadows;
using Writ.Governance.Tools;

namespace Writ.Gateways.Tests.Mcp;

/// <summary>A governor that decides as a test says and remembers what it was asked and what was settled.</summary>
internal sealed class StubGovernor : ICallGovernor
{
    public Dictionary<string, IUpstream> Servers { get; } = new() { ["shop"] = new StubUpstream(), ["notes"] = new StubUpstream() };

    public List<OfferedTool> Tools { get; } =
    [
        new("shop", "refund", JsonElement.Parse("""{"name":"refund","inputSchema":{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}},"x-kept":true}""")),
        new("notes", "read", JsonElement.Parse("""{"name":"read","inputSchema":{"type":"object"}}""")),
    ];

    public Func<GovernedCall, CallDecision> Decide { get; set; } = call => Permit(call);

    public ConcurrentQueue<GovernedCall> Asked { get; } = new();

    public ConcurrentQueue<CallEffect> Settled { get; } = new();

    public bool Admits { get; set; } = true;

    public StubUpstream Shop => (StubUpstream)Servers["shop"];

    public static CallDecision.Permitted Permit(GovernedCall call, ResultRules? rules = null, string? arguments = null) =>
        new(call, arguments is null ? JsonElement.Parse(call.Arguments.Span) : JsonElement.Parse(arguments), rules ?? ResultRules.None);

    public static CallDecision.Refused Refuse(string code = "WRIT1001") => new(new CallRefusal(code, "No policy permits this action.", "esc_1"));

    public McpCaller? Authenticate(PresentedCredential presented) =>
        presented.Authorization is "Bearer a" or "Bearer b" ? new StubCaller("o", presented.Authorization) : null;

    /// <summary>The task token of the last request that came with one.</summary>
    public string? TaskToken { get; private set; }

    public McpCaller Under(McpCaller caller, PresentedChain? chain, string? taskToken)
    {
        TaskToken = taskToken;
        return caller;
    }

    public bool TryEnterUnauthenticated(string address) => Admits;

    public ConcurrentQueue<Knock> Knocks { get; } = new();

    public void NoteUnknown(in Knock knock) => Knocks.Enqueue(knock);

    public IDisposable? TryEnter(McpCaller caller) => Admits ? new MemoryStream() : null;

    public bool Reaches(McpCaller caller, string server) => Servers.ContainsKey(server);

    public ValueTask<ImmutableArray<OfferedTool>> OfferAsync(McpCaller caller, string? server, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Tools.Where(t => server is null || t.Server == server).ToImmutableArray());

    public OfferedTool? Find(McpCaller caller, string server, string tool) => Tools.FirstOrDefault(t => t.Server == server && t.Name == tool);

    public ValueTask<CallDecision> DecideAsync(McpCaller caller, GovernedCall call)
    {
        Asked.Enqueue(call);
        return ValueTask.FromResult(Decide(call));
    }

    public LiveCall? Live { get; set; } = new(
        OrganizationId.Parse("o"),
        new Agent { Id = AgentId.Parse("019b2f6e-7d2c-7c1a-9d5e-3b1f0a6c4e21"), Organization = OrganizationId.Parse("o"), Name = "a", Team = TeamId.Parse("t"), Owner = PersonId.Parse("p"), Version = "1", Environment = "test" },
        ServerSlug.Parse("shop"), "refund", _ => { });

    public LiveCall? Begin(McpCaller caller, GovernedCall call) => Live;

    public IUpstream? Upstream(McpCaller caller, string server, ResultRules rules) => Servers.GetValueOrDefault(server);

    public ValueTask SettleAsync(CallDecision.Permitted permitted, CallEffect effect)
    {
        Settled.Enqueue(effect);
        return ValueTask.CompletedTask;
    }

    private sealed record StubCaller(string Organization, string Credential) : McpCaller(Organization, Credential);
}
