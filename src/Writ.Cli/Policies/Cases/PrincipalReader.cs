using Writ.Governance.Agents;
using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Cli.Policies.Cases;

/// <summary>Reads what a case file states of an agent; the rest is as at a registration that states nothing.</summary>
internal static class PrincipalReader
{
    public static Agent Read(string name, MapReader reader, Agent described)
    {
        if (name.Length is 0 or > 63)
            reader.Report("name", "a principal's name has 1 to 63 characters");
        var agent = described with
        {
            Id = Parsed<AgentId>(reader, "id") ?? described.Id,
            Team = Parsed<TeamId>(reader, "team") ?? described.Team,
            Owner = Parsed<PersonId>(reader, "owner") ?? described.Owner,
            Environment = reader.Word("environment") ?? described.Environment,
            Version = reader.Word("version") ?? described.Version,
            Model = reader.Word("model") ?? described.Model,
            Domain = reader.Word("domain") ?? described.Domain,
            Visibility = Visibility(reader) ?? described.Visibility,
            Risk = reader.Number("risk", 0, 4) ?? described.Risk,
            Autonomy = reader.Number("autonomy", 0, 4) ?? described.Autonomy,
            Ring = reader.Number("ring", 0, 3) ?? described.Ring,
            Trust = reader.Number("trust", 0, 1000) ?? described.Trust,
        };
        if (reader.Words("grants") is { } grants)
        {
            foreach (var wrong in grants.Where(text => !Grant.TryParse(text, out _)))
                reader.Report("grants", $"'{wrong}' is not server/tool or server/*");
            agent = agent with { Grants = [.. grants.Select(text => Grant.TryParse(text, out var grant) ? grant : null).OfType<Grant>()] };
        }

        reader.End();
        return agent;
    }

    private static AgentVisibility? Visibility(MapReader reader)
    {
        if (reader.Word("visibility") is not { } word)
            return null;
        if (Enum.GetValues<AgentVisibility>().Where(v => v.ToString().Equals(word, StringComparison.OrdinalIgnoreCase)).Cast<AgentVisibility?>().FirstOrDefault() is { } known)
            return known;
        reader.Report("visibility", "expected personal, team, organization or global");
        return null;
    }

    private static T? Parsed<T>(MapReader reader, string key)
        where T : struct, IParsable<T>
    {
        if (reader.Word(key) is not { } word)
            return null;
        if (T.TryParse(word, null, out var value))
            return value;
        reader.Report(key, $"'{word}' is not what is expected of '{key}'");
        return null;
    }
}
