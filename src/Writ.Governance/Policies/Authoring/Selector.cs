using System.Collections.Immutable;
using Writ.Cedar.Entities;
using Writ.Cedar.Expressions;
using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Authoring;

/// <summary>Reads <c>on</c>: the calls that the rules of a file are about. Any of its entries; of an entry with several keys, all of them.</summary>
internal static class Selector
{
    private const int MaxEntries = 64;

    private static readonly ImmutableArray<string> Keys = ["action", "tool", "server", "effect", "agent", "team"];

    /// <summary>What the action, principal or resource of a call has to be; null where something was reported. <see langword="true"/> itself for every call.</summary>
    public static Expr? Read(YamlValue? on, YamlValue form, Action<YamlValue, string> report)
    {
        if (on is not YamlValue.List { Items.Length: > 0 and <= MaxEntries } list)
        {
            report(on ?? form, $"'on': expected a list of 1 to {MaxEntries} entries such as '- tool: name'; for every call, '- action: \"tool/call\"'");
            return null;
        }

        Expr? any = null;
        var sound = true;
        foreach (var item in list.Items)
        {
            var one = ReadEntry(item, report);
            sound &= one is not null;
            any = any is null || one is null ? one ?? any : new BinaryExpr(BinaryOperator.Or, any, one);
        }

        return sound ? any : null;
    }

    private static Expr? ReadEntry(YamlValue item, Action<YamlValue, string> report)
    {
        if (FormMap.Of(item, "an entry of 'on'", Keys, report) is not { } map || item is not YamlValue.Map { Entries: var entries })
            return null;
        if (entries.IsEmpty)
            report(item, $"an entry of 'on' is empty; expected {string.Join(", ", Keys)}");
        Expr? all = null;
        var sound = !entries.IsEmpty && entries.All(entry => Keys.Contains(entry.Key));
        foreach (var key in Keys.Where(map.Has))
        {
            var one = map.Text(key) is { } text ? Of(key, text, report) : null;
            sound &= one is not null;
            all = all is null || one is null ? one ?? all : new BinaryExpr(BinaryOperator.And, all, one);
        }

        return sound ? all : null;
    }

    private static BinaryExpr? Of(string key, YamlValue.Text text, Action<YamlValue, string> report)
    {
        var (made, expected) = key switch
        {
            "action" => (Action(text.Value), "a capability such as 'infrastructure:mutation', an effect class, or tool/call, effect/<class>, server/<server>, tool/<server>/<tool>"),
            "tool" => (Tool(text.Value), "the name of a tool on any server, or '<server>/<tool>'"),
            "server" => (ServerSlug.TryParse(text.Value, null, out var server) ? InAction($"server/{server}") : null, $"a server: {Slug.Rule}"),
            "effect" => (EffectClasses.TryParse(text.Value, out var effect) ? InAction($"effect/{effect.Word()}") : null, "one of " + EffectWords),
            "agent" => (Agent(text.Value), "the name or the id of an agent"),
            _ => (TeamId.TryParse(text.Value, null, out var team) ? In(Variable.Principal, "Writ::Team", team.ToString()) : null, $"a team of agents: {Slug.Rule}"),
        };
        if (made is null)
            report(text, $"'{key}: {text.Value}': expected {expected}");
        return made;
    }

    private static string EffectWords { get; } = string.Join(", ", Enum.GetValues<EffectClass>().Select(e => e.Word()));

    /// <summary>A capability is what people confirmed of a tool; its parts may be written with a colon or a dot.</summary>
    private static BinaryExpr? Action(string text)
    {
        if (EffectClasses.TryParse(text, out var effect))
            return InAction($"effect/{effect.Word()}");
        if (text.Contains('/', StringComparison.Ordinal))
        {
            return text.Split('/') switch
            {
                ["tool", "call"] => InAction(text),
                ["effect", var word] when EffectClasses.TryParse(word, out _) => InAction(text),
                ["server", var slug] when Slug.IsValid(slug) => InAction(text),
                ["tool", var slug, var name] when Slug.IsValid(slug) && ToolName.IsValid(name) => InAction(text),
                _ => null,
            };
        }

        if (text.Length > 128 || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c == '*'))
            return null;
        var capability = new AttributeExpr(new VariableExpr(Variable.Context), "capability");
        string[] spellings = [.. new[] { text, text.Replace(':', '.'), text.Replace('.', ':') }.Distinct()];
        return spellings.Length == 1
            ? new BinaryExpr(BinaryOperator.Equal, capability, new LiteralExpr(text))
            : new BinaryExpr(BinaryOperator.Contains, new SetExpr([.. spellings.Select(s => new LiteralExpr(s))]), capability);
    }

    private static BinaryExpr? Tool(string text)
    {
        if (text.Contains('/', StringComparison.Ordinal))
            return Grant.TryParse(text, out var named) && named!.Tool != Grant.EveryTool ? InAction(Tools.Tool.ActionNameOf(named.Server, named.Tool)) : null;

        return ToolName.IsValid(text)
            ? new BinaryExpr(BinaryOperator.Equal, new AttributeExpr(new VariableExpr(Variable.Resource), "name"), new LiteralExpr(text))
            : null;
    }

    private static BinaryExpr? Agent(string text) =>
        AgentId.TryParse(text, null, out var id) ? new BinaryExpr(BinaryOperator.Equal, new VariableExpr(Variable.Principal), Entity("Writ::Agent", id.ToString()))
        : text.Length <= 128 && !text.Any(char.IsControl) && !text.Contains('*', StringComparison.Ordinal)
            ? new BinaryExpr(BinaryOperator.Equal, new AttributeExpr(new VariableExpr(Variable.Principal), "name"), new LiteralExpr(text))
            : null;

    private static BinaryExpr InAction(string name) => In(Variable.Action, "Writ::Action", name);

    private static BinaryExpr In(Variable variable, string type, string id) => new(BinaryOperator.In, new VariableExpr(variable), Entity(type, id));

    private static LiteralExpr Entity(string type, string id) => new(new EntityUid(EntityTypeName.Parse(type), id));
}
