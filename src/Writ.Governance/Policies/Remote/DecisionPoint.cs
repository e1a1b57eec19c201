using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;
using Writ.Governance.Tools;

namespace Writ.Governance.Policies.Remote;

/// <summary>
/// A decision point outside Writ that has to agree to what the policies of an organization would permit. It can refuse, and nothing else.
/// Immutable; <see cref="Problem"/> says why one cannot be used.
/// </summary>
public sealed record DecisionPoint
{
    /// <summary>The longest URL, in characters.</summary>
    public const int MaxUrlLength = 2_048;

    /// <summary>The most actions, and the most addresses, that one names.</summary>
    public const int MaxNames = 64;

    /// <summary>The longest time it may have to answer, in milliseconds.</summary>
    public const int MaxTimeout = 5_000;

    /// <summary>Stands for every action.</summary>
    public const string EveryAction = "tool/call";

    /// <summary>A slug without two hyphens in a row, unique in the organization.</summary>
    public required string Name { get; init; }

    public required DecisionPointKind Kind { get; init; }

    /// <summary>Where it is asked, in full: https, or http where every address of the host lies in <see cref="AllowedAddresses"/>.</summary>
    public required string Url { get; init; }

    /// <summary>
    /// What it is asked about, in the names of Cedar actions: <c>effect/&lt;class&gt;</c>, <c>server/&lt;slug&gt;</c>, <c>tool/&lt;server&gt;/&lt;tool&gt;</c>.
    /// By default everything.
    /// </summary>
    public ImmutableArray<string> Actions { get; init; } = [EveryAction];

    /// <summary>Loopback, private or otherwise special addresses that the host may have all the same. None by default.</summary>
    public ImmutableArray<string> AllowedAddresses { get; init; } = [];

    /// <summary>The header that carries the secret of the installation's environment; null where it is asked without one.</summary>
    public string? SecretHeader { get; init; }

    /// <summary>What AuthZEN's <c>subject.type</c> says. The type of a subject that the other side knows; <c>agent</c> by default.</summary>
    public string SubjectType { get; init; } = "agent";

    /// <summary>How long it has to answer, in milliseconds, 1 to 5,000. Defaults to a second.</summary>
    public int TimeoutMs { get; init; } = 1_000;

    /// <summary>After how many failures in a row it is not asked for a while, 1 to 100. Defaults to 5.</summary>
    public int BreakAfter { get; init; } = 5;

    /// <summary>How long it is then not asked, in seconds, 1 to 600. Defaults to 10.</summary>
    public int BreakSeconds { get; init; } = 10;

    /// <summary>How many questions it has at a time, 1 to 1,024. Defaults to 64. One more is refused, not queued.</summary>
    public int Concurrency { get; init; } = 64;

    [JsonIgnore]
    public TimeSpan Timeout => TimeSpan.FromMilliseconds(TimeoutMs);

    [JsonIgnore]
    public TimeSpan BreakFor => TimeSpan.FromSeconds(BreakSeconds);

    /// <summary>What is wrong with it and what to write instead; null when it can be used. Needs no network.</summary>
    [JsonIgnore]
    public string? Problem =>
        !Slug.IsValid(Name) || Name.Contains("--", StringComparison.Ordinal) ? $"name: {Slug.Rule}, no two hyphens in a row"
        : DecisionPointUrl.Problem(Kind, Url) is { } url ? $"url: {url}"
        : Actions.IsDefaultOrEmpty || Actions.Length > MaxNames || Actions.Distinct(StringComparer.Ordinal).Count() != Actions.Length
            ? $"actions: 1 to {MaxNames}, each once; leave it out for all"
        : AllowedAddresses.IsDefault || AllowedAddresses.Length > MaxNames || !AllowedAddresses.All(a => AllowedNetwork.TryRead(a, out _))
            ? $"allowed_addresses: at most {MaxNames}, each an IP address or a network such as 10.0.0.0/8"
        : SecretHeader is { } header && !IsHeader(header) ? "secret_header: 'Authorization', or a name of letters, digits and hyphens that begins with 'X-'"
        : !StatedEntity.IsType(SubjectType) ? "subject_type: 1 to 64 letters, digits and underscores"
        : TimeoutMs is < 1 or > MaxTimeout ? $"timeout_ms: 1 to {MaxTimeout}"
        : BreakAfter is < 1 or > 100 ? "break_after: 1 to 100"
        : BreakSeconds is < 1 or > 600 ? "break_seconds: 1 to 600"
        : Concurrency is < 1 or > 1_024 ? "concurrency: 1 to 1024"
        : null;

    /// <summary>The networks that <see cref="AllowedAddresses"/> names.</summary>
    public ImmutableArray<IPNetwork> Networks() => [.. AllowedAddresses.Select(a => AllowedNetwork.TryRead(a, out var network) ? network : throw new FormatException(a))];

    /// <summary>Whether it is asked about calls of a tool.</summary>
    public bool Covers(Tool tool) =>
        Actions.Any(action => action == EveryAction
            || action == tool.ActionName
            || action == $"server/{tool.Server}"
            || (tool.Classification is { } classified && action == $"effect/{classified.Effect.Word()}"));

    private static bool IsHeader(string name) =>
        name.Length <= 64 && (name == "Authorization" || (name.StartsWith("X-", StringComparison.Ordinal) && name.Length > 2))
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
