using System.Globalization;
using System.Text.Json;
using Writ.Governance.Decisions;
using Writ.Governance.People;
using Writ.Governance.Policies.Testing;
using Writ.Governance.Users;

namespace Writ.Cli.Policies.Cases;

/// <summary>Reads <c>facts</c>: what Writ would know of a call beyond the agent and the tool, and what the agent would claim.</summary>
internal static class FactReader
{
    /// <summary>The call with what is stated; null where there is none, or what is stated cannot be read.</summary>
    public static TrialCall? Read(MapReader @case, TrialCall? call)
    {
        if (@case.Below("facts") is not { } facts)
            return call;
        var time = Time(facts, "time");
        var user = User(facts);
        var starter = facts.Word("started_by");
        if (starter is not null && !PersonId.TryParse(starter, null, out _))
            facts.Report("started_by", $"'{starter}' is not the id of a person");
        var claimed = facts.Below("claimed");
        var claims = new Claims(claimed?.Word("purpose"), claimed?.Word("on_behalf_of"), claimed?.Word("agent_version"));
        claimed?.End();
        var read = call is null ? null : call with
        {
            Time = time ?? call.Time,
            OnBehalfOf = facts.Word("on_behalf_of"),
            UserFacts = user,
            Purpose = facts.Word("purpose"),
            StartedBy = PersonId.TryParse(starter, null, out var person) ? person : null,
            Workflow = facts.Word("workflow"),
            Claims = claims,
            LookedUp = facts.Object("looked_up") is { } answers ? JsonSerializer.SerializeToElement(answers) : default,
            Asserted = facts.Object("asserted") is { } asserted ? JsonSerializer.SerializeToElement(asserted) : default,
        };
        if (call is not null)
            facts.End();
        return read;
    }

    private static UserFacts? User(MapReader facts)
    {
        if (facts.Below("user") is not { } user)
            return null;
        if (facts.Word("on_behalf_of") is null)
            facts.Report("user", "nothing is known of a user who has no name: state on_behalf_of");
        var read = new UserFacts(user.Word("role") ?? "", user.Word("tier") ?? "", Time(user, "authenticated_at"), user.Word("assurance") ?? "");
        user.End();
        return read;
    }

    private static DateTimeOffset? Time(MapReader facts, string name)
    {
        if (facts.Word(name) is not { } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
            return time;
        facts.Report(name, $"'{text}' is not a time; write it like 2026-01-05T10:00:00Z");
        return null;
    }
}
