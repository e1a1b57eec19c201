using Writ.Governance.People;

namespace Writ.Governance.Approvals;

/// <summary>Who may approve: <c>person/&lt;slug&gt;</c>, or <c>capability/&lt;name&gt;</c> for everyone who has it.</summary>
public abstract record ApproverRule
{
    private ApproverRule()
    {
    }

    /// <summary>What an approver looks like, for error messages.</summary>
    public const string Expected = "expected 'person/<slug>' or 'capability/<platform|security|app|compliance>'";

    public abstract bool Admits(Person person);

    /// <summary>Reads one approver; null when it is not one.</summary>
    public static ApproverRule? Parse(string text)
    {
        var slash = text.IndexOf('/');
        if (slash < 0)
            return null;
        var (kind, name) = (text[..slash], text[(slash + 1)..]);
        return kind switch
        {
            "person" when PersonId.TryParse(name, null, out var person) => new OnePerson(person),
            "capability" when Enum.GetValues<PersonCapability>().Where(c => Word(c) == name).Select(c => (PersonCapability?)c).FirstOrDefault() is { } capability => new Holders(capability),
            _ => null,
        };
    }

    private static string Word(PersonCapability capability) => capability.ToString().ToLowerInvariant();

    public sealed record OnePerson(PersonId Person) : ApproverRule
    {
        public override bool Admits(Person person) => person.Id == Person;

        public override string ToString() => $"person/{Person}";
    }

    public sealed record Holders(PersonCapability Capability) : ApproverRule
    {
        public override bool Admits(Person person) => person.Has(Capability);

        public override string ToString() => $"capability/{Word(Capability)}";
    }
}
