using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Text.Json;
using Writ.Governance.Controls;
using Writ.Governance.Organizations;
using Writ.Governance.People;
using Writ.Governance.Records;
using Writ.Governance.Registry;

namespace Writ.Governance.Directories;

/// <summary>
/// Seals what a directory says of people, each under the person's own key, and opens it. What was opened is kept in memory while that key
/// stands, and not a moment longer. Thread safe.
/// </summary>
public sealed class DirectoryUsers(PayloadSealer sealer)
{
    private const int MostOpened = 20_000;

    private readonly ConcurrentDictionary<Guid, (Guid Key, DirectoryUser User)> _opened = new();

    /// <summary>What is recorded of a user; null, with the reason for people, where it cannot be sealed.</summary>
    public DirectoryUserDescribed? Seal(OrganizationId organization, PersonId person, DirectoryUser user, DateTimeOffset now, out string fault)
    {
        var id = Guid.CreateVersion7(now);
        return sealer.TrySeal(organization, PayloadSubject.OfPerson(person), id, JsonSerializer.SerializeToUtf8Bytes(user, StrictJson.Options), out var made, out fault)
            ? new DirectoryUserDescribed(person, id, Base64Url.EncodeToString(made.Bytes.Span))
            : null;
    }

    /// <summary>What a directory says of a person; null where none does, and where it was erased.</summary>
    public DirectoryUser? Find(OrganizationState state, Person person)
    {
        if (person.Directory is not { } entry || sealer.KeyOf(state.Id, PayloadSubject.OfPerson(person.Id)) is not { } key)
            return null;
        if (_opened.TryGetValue(entry.Id, out var known))
        {
            if (known.Key == key)
                return known.User;
            _opened.TryRemove(entry.Id, out _);
        }

        if (!sealer.TryOpen(state.Id, entry.Id, Base64Url.DecodeFromChars(entry.Sealed), out var payload) || JsonSerializer.Deserialize<DirectoryUser>(payload.Span, StrictJson.Options) is not { } user)
            return null;
        if (_opened.Count >= MostOpened)
            _opened.Clear();
        _opened[entry.Id] = (key, user);
        return user;
    }

    /// <summary>Everybody of whom the directory of a label speaks, with what can still be read of it, by id.</summary>
    public IEnumerable<(Person Person, DirectoryUser? User)> All(OrganizationState state, string directory) =>
        state.PeopleOf(directory).Select(person => (person, Find(state, person)));
}
