using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Agents;

/// <summary>Who may ask an agent to work: <c>person/NAME</c>, <c>team/NAME</c>, <c>agent/ID</c> or <c>organization</c>. The default value is nobody and is never accepted.</summary>
[JsonConverter(typeof(ParsableConverter<InvokeParty>))]
public readonly record struct InvokeParty : IParsable<InvokeParty>
{
    /// <summary>What a party looks like, for error messages.</summary>
    public const string Expected = "expected 'person/NAME', 'team/NAME', 'agent/ID' or 'organization'";

    private readonly string? _text;

    private InvokeParty(string text) => _text = text;

    /// <summary>The person, where it is one.</summary>
    public PersonId? Person => _text is not null && _text.StartsWith("person/", StringComparison.Ordinal) ? PersonId.Parse(_text["person/".Length..]) : null;

    /// <summary>The team, where it is one.</summary>
    public TeamId? Team => _text is not null && _text.StartsWith("team/", StringComparison.Ordinal) ? TeamId.Parse(_text["team/".Length..]) : null;

    /// <summary>The agent, where it is one.</summary>
    public AgentId? Agent => _text is not null && _text.StartsWith("agent/", StringComparison.Ordinal) ? AgentId.Parse(_text["agent/".Length..]) : null;

    /// <summary>Whether it is everybody of the organization: people, not agents.</summary>
    public bool IsOrganization => _text == "organization";

    public static InvokeParty Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var party) ? party : throw new FormatException($"not a party: {Expected}");

    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out InvokeParty result)
    {
        var valid = text?.Split('/', 2) switch
        {
            ["organization"] => true,
            ["person" or "team", var name] => Slug.IsValid(name),
            ["agent", var id] => AgentId.TryParse(id, null, out var agent) && agent.ToString() == id,
            _ => false,
        };
        result = valid ? new InvokeParty(text!) : default;
        return valid;
    }

    /// <summary>Whether a person is of the party.</summary>
    public bool Includes(Person person) => _text switch
    {
        null => false,
        "organization" => true,
        _ => Person is { } one ? one == person.Id : Team is { } team && person.Teams.Contains(team),
    };

    public override string ToString() => _text ?? "";
}
