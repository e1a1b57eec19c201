using System.Collections.Immutable;
using Writ.Governance.Agents;
using Writ.Governance.Credentials;
using Writ.Governance.NamedFacts;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Server.Api;

/// <summary>Makes an agent of what a person sent, or says what is wrong with it.</summary>
internal static class AgentDescription
{
    private const int MaxGrants = 1_000;

    /// <summary>The agent, or null and what is wrong, by member.</summary>
    public static Agent? Read(AgentBody body, Caller.PersonCaller caller, TimeProvider time, out string obstacle)
    {
        obstacle = "";
        if (!AgentLabel.IsValid(body.Name))
            obstacle = "name: 1 to 64 visible characters, no space at either end";
        else if (Guid.TryParse(body.Name, out _))
            obstacle = "name: not an id, which another agent could have";
        else if (!Slug.IsValid(body.Environment))
            obstacle = $"environment: {Slug.Rule}";
        else if (!TeamId.TryParse(body.Team ?? "default", null, out var team))
            obstacle = $"team: {Slug.Rule}";
        else if (FactAgent.Owns(team))
            obstacle = $"team: '{team}' is Writ's own, which looks facts up";
        else if (!PersonId.TryParse(body.Owner ?? caller.Person.Id.ToString(), null, out var owner) || !caller.Organization.IsLive(owner))
            obstacle = "owner: not a person of this organization";
        else if (body.BackupOwner is not null && (!PersonId.TryParse(body.BackupOwner, null, out var backup) || !caller.Organization.IsLive(backup) || backup == owner))
            obstacle = "backup_owner: not another person of this organization";
        else if (!AgentLabel.IsValid(body.Version ?? "1") || !AgentLabel.IsValid(body.Model ?? Agent.UnstatedModel) || !Slug.IsValid(body.Domain ?? "general"))
            obstacle = "version and model: 1 to 64 visible characters; domain: " + Slug.Rule;
        else if ((body.Risk ?? 2) is < 0 or > 4 || (body.Autonomy ?? 1) is < 0 or > 4 || (body.Ring ?? 3) is < 0 or > 3)
            obstacle = "risk and autonomy: 0 to 4; ring: 0 to 3";
        else if (body.TaskCeiling?.Problem is { } beyond)
            obstacle = "task_ceiling: " + beyond;
        else if (ReadGrants(body.Grants, out var grants) is { } wrong)
            obstacle = wrong;
        else
        {
            return new Agent
            {
                Id = AgentId.New(time),
                Organization = caller.Organization.Id,
                Name = body.Name,
                Team = team,
                Owner = owner,
                BackupOwner = body.BackupOwner is null ? null : PersonId.Parse(body.BackupOwner),
                Version = body.Version ?? "1",
                Model = body.Model ?? Agent.UnstatedModel,
                Environment = body.Environment,
                Domain = body.Domain ?? "general",
                Lifecycle = body.Activate ? AgentLifecycle.Active : AgentLifecycle.Draft,
                Visibility = body.Visibility ?? AgentVisibility.Personal,
                Risk = body.Risk ?? 2,
                Autonomy = body.Autonomy ?? 1,
                Ring = body.Ring ?? 3,
                Grants = grants,
                TaskCeiling = body.TaskCeiling,
            };
        }

        return null;
    }

    /// <summary>Null when all are grants; otherwise what is wrong.</summary>
    public static string? ReadGrants(ImmutableArray<string> texts, out ImmutableArray<Grant> grants)
    {
        grants = [];
        if (texts.Length > MaxGrants)
            return $"grants: at most {MaxGrants}";
        var read = ImmutableArray.CreateBuilder<Grant>(texts.Length);
        foreach (var text in texts)
        {
            if (!Grant.TryParse(text, out var grant))
                return $"grants: '{text}' is not '<server>/<tool>' or '<server>/*'";
            read.Add(grant!);
        }

        grants = read.ToImmutable();
        return null;
    }
}
