using Writ.Governance.Organizations;
using Writ.Governance.People;

namespace Writ.Governance.Approvals;

/// <summary>
/// Who may approve: <c>person/&lt;slug&gt;</c>, <c>team/&lt;slug&gt;</c> for everyone who is in it, <c>capability/&lt;name&gt;</c> for everyone
/// who has it, or a name alone, which is a capability, a person or a team. People and teams never share a name.
/// </summary>
public abstract record ApproverRule
{
    private ApproverRule()
    {
    }

    /// <summary>What an approver looks like, for error messages.</summary>
    public const string Expected = "expected 'person/<slug>', 'team/<slug>', 'capability/<platform|security|app|compliance|data_protection|product>', or the name of one of them";

    public abstract bool Admits(Person person);

    /// <summary>Reads one approver; null when it is not one.</summary>
    public static ApproverRule? Parse(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0)
            return Parse("capability/" + text) ?? (Slug.IsValid(text) ? new Named(text) : null);
        var (kind, name) = (text[..slash], text[(slash + 1)..]);
        return kind switch
        {
            "person" when PersonId.TryParse(name, null, out var person) => new OnePerson(person),
            "team" when TeamId.TryParse(name, null, out var team) => new Members(team),
            "capability" when Enum.GetValues<PersonCapability>().Where(c => c.Word() == name).Select(c => (PersonCapability?)c).FirstOrDefault() is { } capability => new Holders(capability),
            _ => null,
        };
    }

    public sealed record OnePerson(PersonId Person) : ApproverRule
    {
        public override bool Admits(Person person) => person.Id == Person;

        public override string ToString() => $"person/{Person}";
    }

    public sealed record Members(TeamId Team) : ApproverRule
    {
        public override bool Admits(Person person) => person.Teams.Contains(Team);

        public override string ToString() => $"team/{Team}";
    }

    /// <summary>A person or a team, whichever has the name.</summary>
    public sealed record Named(string Name) : ApproverRule
    {
        public override bool Admits(Person person) => person.Id.ToString() == Name || person.Teams.Contains(TeamId.Parse(Name));

        public override string ToString() => Name;
    }

    public sealed record Holders(PersonCapability Capability) : ApproverRule
    {
        public override bool Admits(Person person) => person.Has(Capability);

        public override string ToString() => $"capability/{Capability.Word()}";
    }
}
