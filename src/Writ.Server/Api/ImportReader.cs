using System.Collections.Immutable;
using System.Text.Json;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.Imports;
using Writ.Governance.Records;

namespace Writ.Server.Api;

/// <summary>Reads a list of agents, one JSON object a line, and says of every line what is wrong with it.</summary>
internal static class ImportReader
{
    /// <summary>The longest list, in bytes.</summary>
    public const int MaxBytes = 8 << 20;

    /// <summary>The longest line, in bytes.</summary>
    public const int MaxLine = 16 << 10;

    /// <summary>The most problems that are told.</summary>
    public const int MaxProblems = 100;

    /// <summary>The agents of a list; where there are problems, those count alone.</summary>
    public static (ImmutableArray<ImportedAgent> Agents, ImmutableArray<ImportProblem> Problems) Read(ReadOnlySpan<byte> list, Caller.PersonCaller caller, TimeProvider time)
    {
        var agents = ImmutableArray.CreateBuilder<ImportedAgent>();
        var problems = ImmutableArray.CreateBuilder<ImportProblem>();
        var names = new Dictionary<string, int>(StringComparer.Ordinal);
        var line = 0;
        foreach (var range in list.Split((byte)'\n'))
        {
            line++;
            var text = list[range].TrimEnd((byte)'\r');
            if (text.IsEmpty)
                continue;
            if (agents.Count >= ImportPlan.MaxAgents)
            {
                problems.Add(new ImportProblem(line, $"a list has at most {ImportPlan.MaxAgents} agents"));
                break;
            }

            if (Agent(text, caller, time, out var claims, out var obstacle) is not { } agent)
                problems.Add(new ImportProblem(line, obstacle));
            else if (!names.TryAdd(agent.Name, line))
                problems.Add(new ImportProblem(line, $"name: line {names[agent.Name]} has it already"));
            else
                agents.Add(new ImportedAgent(agent, line) { Claims = claims });
            if (problems.Count == MaxProblems)
                break;
        }

        if (line > 0 && agents.Count == 0 && problems.Count == 0)
            problems.Add(new ImportProblem(1, "the list is empty"));
        return (agents.ToImmutable(), problems.ToImmutable());
    }

    private static Agent? Agent(ReadOnlySpan<byte> text, Caller.PersonCaller caller, TimeProvider time, out ImmutableSortedDictionary<string, string>? claims, out string obstacle)
    {
        claims = null;
        if (text.Length > MaxLine)
        {
            obstacle = $"a line has at most {MaxLine} bytes";
            return null;
        }

        ImportRow? row;
        try
        {
            row = JsonSerializer.Deserialize<ImportRow>(text, StrictJson.Options);
        }
        catch (Exception unfit) when (unfit is JsonException or NotSupportedException)
        {
            obstacle = $"{(unfit as JsonException)?.Path ?? "$"}: no JSON object with these members: name, environment, team, owner, backup_owner, version, model, domain, risk, autonomy, ring, claims";
            return null;
        }

        if (row is null || row.Claims?.Values.Any(value => value is null) == true)
        {
            obstacle = "null stands where a value is needed";
            return null;
        }

        var body = new AgentBody
        {
            Name = row.Name, Environment = row.Environment, Team = row.Team, Owner = row.Owner, BackupOwner = row.BackupOwner, Version = row.Version, Model = row.Model, Domain = row.Domain,
            Risk = row.Risk, Autonomy = row.Autonomy, Ring = row.Ring, Activate = false,
        };
        if (AgentDescription.Read(body, caller, time, out obstacle) is not { } agent)
            return null;
        claims = row.Claims is { Count: > 0 } some ? some : null;
        obstacle = AgentOrigin.ProblemWith(claims ?? AgentOrigin.NoClaims) ?? "";
        return obstacle.Length == 0 ? agent : null;
    }
}
