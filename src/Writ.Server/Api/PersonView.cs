using System.Collections.Immutable;
using Writ.Governance.Directories;
using Writ.Governance.People;

namespace Writ.Server.Api;

/// <summary>A person, what they may do and which teams they are in.</summary>
internal sealed record PersonView(string Name, string DisplayName, ImmutableArray<PersonCapability> Capabilities, ImmutableArray<string> Teams, ImmutableArray<string>? Tools)
{
    /// <summary>When the person left; absent while they are here.</summary>
    public DateTimeOffset? LeftAt { get; init; }

    /// <summary>By team, what they may do to its agents alone; absent where to nobody's.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<PersonCapability>>? TeamCapabilities { get; init; }

    /// <summary>What a directory calls the person; absent where none speaks of them.</summary>
    public string? UserName { get; init; }

    public static PersonView Of(Person person, DirectoryUser? user) =>
        new(person.Id.ToString(), user?.DisplayName ?? user?.Formatted ?? user?.UserName ?? person.DisplayName, person.Capabilities, [.. person.Teams.Select(team => team.ToString()).Order(StringComparer.Ordinal)], person.Tools is { } tools ? [.. tools.Select(tool => tool.ToString())] : null)
        {
            LeftAt = person.LeftAt, UserName = user?.UserName,
            TeamCapabilities = person.TeamCapabilities.IsEmpty ? null : person.TeamCapabilities.ToImmutableSortedDictionary(held => held.Key.ToString(), held => held.Value, StringComparer.Ordinal),
        };
}
