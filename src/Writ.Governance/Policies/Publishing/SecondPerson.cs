using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Governance.Policies.Publishing;

/// <summary>Who is the second of two people: somebody else, whom the first did not make or empower lately, himself or through others.</summary>
public static class SecondPerson
{
    /// <summary>How long whoever was made or empowered by somebody does not count as another beside that person.</summary>
    public static readonly TimeSpan Apart = TimeSpan.FromDays(30);

    /// <summary>Why a person does not count as a second beside the first, who proposed it; null when it does. Who has left stands for nothing.</summary>
    public static ConfirmationObstacle? Obstacle(OrganizationState organization, PersonId first, PersonId second, DateTimeOffset now) =>
        organization.People.GetValueOrDefault(first) is { IsHere: false }
            ? new ConfirmationObstacle("proposer_left", $"{first}, who proposed it, has left: somebody who is here proposes it anew")
            : Closeness(organization, first, second, now);

    /// <summary>The same where the first proposed nothing and need not be here any more.</summary>
    public static ConfirmationObstacle? Closeness(OrganizationState organization, PersonId first, PersonId second, DateTimeOffset now)
    {
        if (first == second)
            return new ConfirmationObstacle("proposer", $"{first} proposed it: another person has to confirm it");
        var seen = new HashSet<PersonId> { second };
        var open = new Stack<PersonId>([second]);
        while (open.TryPop(out var person))
        {
            foreach (var (by, at) in organization.People.GetValueOrDefault(person)?.EmpoweredBy ?? [])
            {
                if (now - at >= Apart || !seen.Add(by))
                    continue;
                if (by == first)
                    return new ConfirmationObstacle("too_close", $"{second} was added or given a token by {first}, or by somebody {first} added, within {Apart.Days} days: a person of longer standing has to confirm it");
                open.Push(by);
            }
        }

        return null;
    }
}
