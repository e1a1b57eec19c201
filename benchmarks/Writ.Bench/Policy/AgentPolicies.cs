using System.Globalization;
using System.Text;
using Writ.Cedar.Authorization;
using Writ.Cedar.Compilation;
using Writ.Cedar.Entities;
using Writ.Cedar.Policies;
using Writ.Cedar.Syntax;
using Writ.Cedar.Values;

namespace Writ.Bench.Policy;

/// <summary>
/// Policies of the shape that agents meet: a group, an action and a resource in the scope, three terms in the condition; and guardrails
/// without a scope among them where asked for. Each request meets one of the scoped ones, and every third fails its condition.
/// </summary>
internal sealed class AgentPolicies
{
    private const int Groups = 50;

    public AgentPolicies(int count, int unscopedEvery)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.AppendLine(unscopedEvery > 0 && i % unscopedEvery == 0
                ? $"forbid (principal, action, resource) when {{ context.args.amount > {1_000_000 + i} && context.environment == \"production\" && principal.risk > 3 }};"
                : $"permit (principal in Team::\"t{i % Groups}\", action == Action::\"tool/{i / Groups}\", resource == Tool::\"r{i}\") when {{ context.args.amount < {1_000 + i} && context.environment == \"production\" && principal.risk < 3 }};");
        }

        var set = PolicySet.Parse(text.ToString(), new ParseOptions { MaxBytes = 8 << 20 }).TryGet(out var read, out var problems) ? read : throw new InvalidOperationException(problems[0].ToString());
        Compiled = Compiled.Of(set);
        var teams = Enumerable.Range(0, Groups).Select(g => new Entity(new EntityUid("Team", $"t{g}"))).ToArray();
        var agents = Enumerable.Range(0, Groups).Select(g => new Entity(new EntityUid("Agent", $"a{g}"), [teams[g].Uid], RecordValue.Of(("risk", 2), ("name", $"a{g}")))).ToArray();
        Entities = EntityStore.Create([.. teams, .. agents]) is EntityStoreResult.Built built ? built.Store : throw new InvalidOperationException("the entities contradict each other");
        Requests = [.. Enumerable.Range(0, 1_024).Select(i => i * 7 % count).Select((at, number) => new Request(
            agents[at % Groups].Uid,
            new EntityUid("Action", $"tool/{at / Groups}"),
            new EntityUid("Tool", $"r{at}"),
            RecordValue.Of(
                ("args", RecordValue.Of(("amount", number % 3 == 0 ? 500_000 : 500), ("reason", "as agreed"))),
                ("environment", "production"),
                ("time", number.ToString(CultureInfo.InvariantCulture)))))];
    }

    public Compiled Compiled { get; }

    public EntityStore Entities { get; }

    public Request[] Requests { get; }
}
