using System.Collections.Immutable;
using System.Text.Json;
using Writ.Identity.Delegation;
using Writ.Identity.Delegation.Constraints;

namespace Writ.Identity.Tests.Delegation;

/// <summary>Random constraints, tools and terms; what is narrower than something else; and what is wider in exactly one place.</summary>
internal sealed class RandomTerms(Random random)
{
    private static readonly string[] Words = ["eu", "us", "apac", "refund", "transfer", "a", "b"];
    private static readonly string[] Arguments = ["amount", "region", "tags", "note"];

    public ConstraintValue Value() => random.Next(4) switch
    {
        0 => ConstraintValue.Of(random.Next(-3, 12)),
        1 => ConstraintValue.Of(Words[random.Next(Words.Length)]),
        2 => Parse($"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => $"\"{Words[random.Next(Words.Length)]}\""))}]"),
        _ => Parse(random.Next(2) == 0 ? "null" : $"{{\"k\":{random.Next(3)}}}"),
    };

    public ArgumentConstraint Constraint(int depth = 0) => random.Next(depth < 3 ? 9 : 7) switch
    {
        0 => new ArgumentConstraint.Exact(Value()),
        1 => Range(random.Next(-3, 6), random.Next(0, 8)),
        2 => new ArgumentConstraint.OneOf(Values(1)),
        3 => new ArgumentConstraint.NotOneOf(Values(0)),
        4 => new ArgumentConstraint.Contains(Texts(0)),
        5 => new ArgumentConstraint.Subset(Texts(0)),
        6 => new ArgumentConstraint.Wildcard(),
        7 => new ArgumentConstraint.All([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Constraint(depth + 1))]),
        _ => new ArgumentConstraint.Any([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Constraint(depth + 1))]),
    };

    /// <summary>A constraint that allows no more than another.</summary>
    public ArgumentConstraint Narrower(ArgumentConstraint wide) => random.Next(3) == 0 ? wide : wide switch
    {
        ArgumentConstraint.Range r => new ArgumentConstraint.Range((r.Min ?? -9) + random.Next(2), (r.Max ?? 20) - random.Next(2)),
        ArgumentConstraint.OneOf o when o.Values.Count > 1 => random.Next(2) == 0
            ? new ArgumentConstraint.OneOf([.. o.Values.Skip(1)])
            : new ArgumentConstraint.Exact(o.Values.First()),
        ArgumentConstraint.NotOneOf n => new ArgumentConstraint.NotOneOf(n.Excluded.Union(Values(1))),
        ArgumentConstraint.Contains c => new ArgumentConstraint.Contains(c.Required.Union(Texts(1))),
        ArgumentConstraint.Subset s => new ArgumentConstraint.Subset([.. s.Allowed.Skip(1)]),
        ArgumentConstraint.Wildcard => Constraint(2),
        ArgumentConstraint.All a => new ArgumentConstraint.All([.. a.Constraints.Select(Narrower), Constraint(3)]),
        ArgumentConstraint.Any a => new ArgumentConstraint.Any([.. a.Constraints.Skip(a.Constraints.Length > 1 ? 1 : 0).Select(Narrower)]),
        _ => wide,
    };

    public DelegationTerms Root(DelegationTerms known) => known with
    {
        Tools = new DelegatedTools(Enumerable.Range(0, random.Next(1, 4)).Select(i => KeyValuePair.Create($"shop/tool{i}", Map()))),
        Audiences = ["https://writ.example", "https://other.example"],
        MaxDepth = random.Next(4, 16),
        Spend = random.Next(2) == 0 ? null : new SpendLimit("USD", random.Next(1, 1_000_000), random.Next(2) == 0 ? null : random.Next(1, 1000)),
        Calls = random.Next(2) == 0 ? null : random.Next(1, 1000),
        DataClasses = random.Next(2) == 0 ? default : ["pii", "financial"],
        Purpose = random.Next(2) == 0 ? null : "refunds of August",
        Agreement = random.Next(2) == 0 ? null : "sha256:00",
        Status = random.Next(2) == 0 ? null : new StatusReference("https://writ.example/status/1", random.Next(100)),
    };

    /// <summary>Terms that allow no more than others, on every side.</summary>
    public DelegationTerms Narrower(DelegationTerms wide) => wide with
    {
        Tools = new DelegatedTools(wide.Tools.ByName.Skip(wide.Tools.ByName.Count > 1 ? random.Next(2) : 0)
            .Select(tool => KeyValuePair.Create(tool.Key, tool.Value.IsEmpty && random.Next(2) == 0 ? Map() : tool.Value.ToImmutableSortedDictionary(a => a.Key, a => Narrower(a.Value), StringComparer.Ordinal)))),
        Audiences = [.. wide.Audiences.Take(random.Next(1, wide.Audiences.Length + 1))],
        Expires = wide.Expires.AddSeconds(-random.Next(3)),
        IssuedAt = wide.IssuedAt.AddSeconds(random.Next(3)),
        MaxDepth = wide.MaxDepth,
        Spend = wide.Spend is { } spend ? new SpendLimit(spend.Currency, Math.Max(0, spend.Max - random.Next(2)), spend.Per ?? (random.Next(2) == 0 ? null : 5))
            : random.Next(2) == 0 ? null : new SpendLimit("EUR", 7, null),
        Calls = wide.Calls is { } calls ? Math.Max(0, calls - random.Next(2)) : random.Next(2) == 0 ? null : 3,
        DataClasses = wide.DataClasses.IsDefault ? random.Next(2) == 0 ? default : ["pii"] : [.. wide.DataClasses.Take(random.Next(wide.DataClasses.Length + 1))],
        Purpose = wide.Purpose ?? (random.Next(2) == 0 ? null : "something"),
        Agreement = wide.Agreement ?? (random.Next(2) == 0 ? null : "sha256:01"),
        Status = wide.Status ?? (random.Next(2) == 0 ? null : new StatusReference("https://a.example", 1)),
    };

    /// <summary>The same terms but for one side, which is wider than the parent's.</summary>
    public (string What, DelegationTerms Terms) Wider(DelegationTerms parent, DelegationTerms child)
    {
        var ways = new List<(string, DelegationTerms)>
        {
            ("a tool", child with { Tools = new DelegatedTools(child.Tools.ByName.Add("shop/another", Map())) }),
            ("the end", child with { Expires = parent.Expires.AddSeconds(random.Next(1, 100)) }),
            ("the beginning", child with { IssuedAt = parent.IssuedAt.AddSeconds(-random.Next(1, 100)) }),
            ("the organization", child with { Organization = "other" }),
            ("the person", child with { Principal = "mallory" }),
            ("the audience", child with { Audiences = child.Audiences.Add("https://mallory.example") }),
        };
        if (parent.MaxDepth < 15)
            ways.Add(("the depth", child with { MaxDepth = parent.MaxDepth + 1 }));
        if (parent.Spend is { } spend)
        {
            ways.Add(("no spend", child with { Spend = null }));
            ways.Add(("the spend", child with { Spend = child.Spend! with { Max = spend.Max + random.Next(1, 9) } }));
            ways.Add(("the currency", child with { Spend = child.Spend! with { Currency = "CHF" } }));
            if (spend.Per is { } per)
            {
                ways.Add(("the spend of a call", child with { Spend = child.Spend! with { Per = per + 1 } }));
                ways.Add(("no spend of a call", child with { Spend = child.Spend! with { Per = null } }));
            }
        }

        if (parent.Calls is { } calls)
        {
            ways.Add(("the calls", child with { Calls = calls + 1 }));
            ways.Add(("no calls", child with { Calls = null }));
        }

        if (!parent.DataClasses.IsDefault)
        {
            ways.Add(("the data", child with { DataClasses = child.DataClasses.Add("health") }));
            ways.Add(("all data", child with { DataClasses = default }));
        }

        if (parent.Purpose is not null)
            ways.Add(("the purpose", child with { Purpose = random.Next(2) == 0 ? null : "anything" }));
        if (parent.Agreement is not null)
            ways.Add(("the agreement", child with { Agreement = random.Next(2) == 0 ? null : "sha256:ff" }));
        if (parent.Status is { } status)
            ways.Add(("the status", child with { Status = random.Next(2) == 0 ? null : status with { Index = status.Index + 1 } }));
        foreach (var (tool, constraints) in child.Tools.ByName)
        {
            var before = parent.Tools.ByName[tool];
            if (before.IsEmpty)
                continue;
            ways.Add(("no constraints", With(child, tool, constraints.Clear())));
            ways.Add(("another argument", With(child, tool, constraints.Add("another", new ArgumentConstraint.Wildcard()))));
            foreach (var (argument, wide) in before)
            {
                if (Wider(wide) is { } wider)
                    ways.Add(($"{wide.Type} of {argument}", With(child, tool, constraints.SetItem(argument, wider))));
            }
        }

        return ways[random.Next(ways.Count)];
    }

    // A constraint that allows some value that the given one does not.
    private static ArgumentConstraint? Wider(ArgumentConstraint wide)
    {
        var outside = ConstraintValue.Of("outside");
        return wide switch
        {
            ArgumentConstraint.Wildcard => null,
            ArgumentConstraint.Range { Max: { } max } range => range with { Max = max + 1 },
            ArgumentConstraint.Range { Min: { } min } range => range with { Min = min - 1 },
            ArgumentConstraint.OneOf oneOf => new ArgumentConstraint.OneOf(oneOf.Values.Add(outside)),
            ArgumentConstraint.Subset subset => new ArgumentConstraint.Subset(subset.Allowed.Add(outside)),
            ArgumentConstraint.NotOneOf { Excluded.IsEmpty: true } => null,
            ArgumentConstraint.NotOneOf notOneOf => new ArgumentConstraint.NotOneOf(notOneOf.Excluded.Remove(notOneOf.Excluded.First())),
            ArgumentConstraint.Contains { Required.IsEmpty: true } => new ArgumentConstraint.Wildcard(),
            ArgumentConstraint.Contains contains => new ArgumentConstraint.Contains(contains.Required.Remove(contains.Required.First())),
            ArgumentConstraint.Exact => new ArgumentConstraint.Wildcard(),
            _ => wide.Allows(outside) ? null : new ArgumentConstraint.Wildcard(),
        };
    }

    private static DelegationTerms With(DelegationTerms terms, string tool, ImmutableSortedDictionary<string, ArgumentConstraint> constraints) =>
        terms with { Tools = new DelegatedTools(terms.Tools.ByName.SetItem(tool, constraints)) };

    private static ConstraintValue Parse(string json) =>
        ConstraintValue.TryCreate(JsonElement.Parse(System.Text.Encoding.UTF8.GetBytes(json)), out var value) ? value : throw new InvalidOperationException(json);

    private static ArgumentConstraint.Range Range(int from, int length) => new(from, from + length);

    private ImmutableSortedDictionary<string, ArgumentConstraint> Map() =>
        Enumerable.Range(0, random.Next(Arguments.Length)).ToImmutableSortedDictionary(i => Arguments[i], _ => Constraint(1), StringComparer.Ordinal);

    private ImmutableHashSet<ConstraintValue> Values(int atLeast) => [.. Enumerable.Range(0, random.Next(atLeast, 5)).Select(_ => Value())];

    private ImmutableHashSet<ConstraintValue> Texts(int atLeast) =>
        [.. Enumerable.Range(0, random.Next(atLeast, 4)).Select(_ => ConstraintValue.Of(Words[random.Next(Words.Length)]))];
}
