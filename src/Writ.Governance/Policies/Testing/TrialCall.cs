using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Tools;
using Writ.Governance.Users;

namespace Writ.Governance.Policies.Testing;

/// <summary>A call that nobody makes: what an agent would say, and what Writ would know. Immutable.</summary>
public sealed record TrialCall
{
    /// <summary>The time of a call that states none: 2026-01-01T00:00:00Z.</summary>
    public static readonly DateTimeOffset DefaultTime = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public required Agent Agent { get; init; }

    public required ServerSlug Server { get; init; }

    public required string Tool { get; init; }

    public Arguments Arguments { get; init; } = Arguments.None;

    public DateTimeOffset Time { get; init; } = DefaultTime;

    /// <summary>The attested end user.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>What a verified token would say of the end user.</summary>
    public UserFacts? UserFacts { get; init; }

    /// <summary>The attested purpose of the task.</summary>
    public string? Purpose { get; init; }

    /// <summary>The attested person who asked for the work.</summary>
    public PersonId? StartedBy { get; init; }

    /// <summary>The attested workflow.</summary>
    public string? Workflow { get; init; }

    public Claims Claims { get; init; } = Claims.None;

    /// <summary>What an enforcement point would assert: an object, or undefined.</summary>
    public JsonElement Asserted { get; init; }

    /// <summary>What fact sources would answer: an object from their names to their members, or undefined. A source that is not named has no answer.</summary>
    public JsonElement LookedUp { get; init; }
}
