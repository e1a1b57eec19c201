using Writ.Governance.Agents;
using Writ.Governance.Decisions;
using Writ.Governance.People;

namespace Writ.Governance.Records;

/// <summary>
/// Whom a payload is about: the user acted for, else the agent. A user's name stands in no record; there it is the random id of the key that
/// its payloads are sealed under, which means nothing any more once that key is destroyed. Immutable.
/// </summary>
public readonly record struct PayloadSubject
{
    private const string Users = "user/";

    private PayloadSubject(string? name, Guid key) => (Name, Key) = (name, key);

    /// <summary>What the key store knows it by; null for a user of whom only the key is known.</summary>
    internal string? Name { get; }

    /// <summary>The key it is sealed under, where that is all that is known.</summary>
    internal Guid Key { get; }

    /// <summary>The subject as a record names it. Not for a user by name: only sealing turns a name into what may stand in a record.</summary>
    public string Word =>
        Name is null ? Users + Key.ToString("D")
        : Name.StartsWith(Users, StringComparison.Ordinal) ? throw new InvalidOperationException("a user's name stands in no record")
        : Name;

    /// <summary>Whether it is a user by name, which may stand neither in a record nor in anything else outside the vault.</summary>
    internal bool NamesUser => Name?.StartsWith(Users, StringComparison.Ordinal) == true;

    /// <summary>Whom an action is about.</summary>
    public static PayloadSubject Of(Facts facts) => facts.Task.User is { } user ? OfUser(user.Value) : OfAgent(facts.Agent.Id);

    public static PayloadSubject OfAgent(AgentId agent) => new($"agent/{agent}", default);

    /// <summary>A person of the organization, whose name in Writ may stand in a record.</summary>
    public static PayloadSubject OfPerson(PersonId person) => new($"person/{person}", default);

    public static PayloadSubject OfUser(string user) => new(Users + user, default);

    /// <summary>Reads what people write, <c>user/&lt;name&gt;</c>, <c>person/&lt;name&gt;</c> or <c>agent/&lt;id&gt;</c>; null for anything else.</summary>
    public static PayloadSubject? Parse(string text) => text.Split('/', 2) switch
    {
        ["user", { Length: > 0 and <= Claims.MaxLength } user] => OfUser(user),
        ["person", var name] when PersonId.TryParse(name, null, out var person) => OfPerson(person),
        ["agent", var id] when AgentId.TryParse(id, null, out var agent) => OfAgent(agent),
        _ => null,
    };

    /// <summary>The subject of a record: in format 1 users stand by name.</summary>
    /// <exception cref="FormatException">It is no subject.</exception>
    public static PayloadSubject Read(string word, int format) =>
        format > 1 && word.StartsWith(Users, StringComparison.Ordinal) ? new(null, Guid.ParseExact(word.AsSpan(Users.Length), "D")) : new(word, default);

    /// <summary>What records call the subject whose payloads are sealed under a key.</summary>
    public string WordUnder(Guid key) => SealedUnder(key).Word;

    /// <summary>The same subject, as its sealed payload names it.</summary>
    internal PayloadSubject SealedUnder(Guid key) => Name is { } name && !name.StartsWith(Users, StringComparison.Ordinal) ? this : new(null, key);
}
