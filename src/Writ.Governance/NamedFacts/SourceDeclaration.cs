using System.Collections.Immutable;
using System.Text.Json;

namespace Writ.Governance.NamedFacts;

/// <summary>A fact that is looked up by arguments, as a bundle declares it in <c>facts.json</c>. Unknown members are errors.</summary>
public sealed record SourceDeclaration
{
    /// <summary>Policies read it as <c>context.facts.&lt;name&gt;</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>tool</c>, <c>http</c> or <c>table</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The key of a look-up, 1 to 8: what it is called there, and the argument of the call it is taken from.</summary>
    public required ImmutableSortedDictionary<string, string> Key { get; init; }

    /// <summary>What a look-up gives, 1 to 32: the member's name and its type, as <c>datetime</c> or <c>datetime at order.created</c>.</summary>
    public required ImmutableSortedDictionary<string, string> Members { get; init; }

    /// <summary>The tools it is looked up for, as in <see cref="DerivedDeclaration.Tools"/>.</summary>
    public required ImmutableArray<string> Tools { get; init; }

    /// <summary>For <c>tool</c>: the tool that answers, <c>server/tool</c>, of class <c>read</c>.</summary>
    public string? Tool { get; init; }

    /// <summary>For <c>http</c>: where to ask, with <c>{key}</c> for the values of the key.</summary>
    public string? Url { get; init; }

    /// <summary>For <c>http</c>: networks in CIDR form that it may reach though they are not public.</summary>
    public ImmutableArray<string> AllowedNetworks { get; init; } = [];

    /// <summary>For <c>table</c>: the rows, each with the members of the key and of the result; at most 10,000.</summary>
    public ImmutableArray<JsonElement> Rows { get; init; } = [];

    /// <summary>How long an answer may be used again, <c>0s</c> to <c>1h</c>; by default every call looks up anew.</summary>
    public string? MaxAge { get; init; }

    /// <summary>How long a look-up may take, <c>50ms</c> to <c>10s</c>; two seconds by default.</summary>
    public string? Timeout { get; init; }
}
