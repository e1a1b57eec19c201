using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Writ.Governance.People;
using Writ.Governance.Registry;

namespace Writ.Server.Login;

/// <summary>
/// What the framework's passkey machinery reads people and passkeys from: the registry. It writes nothing, because passkeys come and go as
/// control actions. Counters read as zero: <see cref="PasskeyCounters"/> compares them, at once and for all requests. Thread safe.
/// </summary>
internal sealed class PasskeyStore(RegistryHolder registry) : IUserPasskeyStore<PasskeyPerson>
{
    public Task<PasskeyPerson?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Task.FromResult(registry.Current.PasskeyHandles.TryGetValue(userId, out var known) ? new PasskeyPerson(userId, known.Organization, known.Person) : null);

    public Task<UserPasskeyInfo?> FindPasskeyAsync(PasskeyPerson user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(
            registry.Current.Organizations[user.Organization].Passkeys.TryGetValue(Base64Url.EncodeToString(credentialId), out var passkey) && passkey.Person == user.Person
                ? Info(passkey)
                : null);

    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(PasskeyPerson user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. registry.Current.Organizations[user.Organization].Passkeys.Values.Where(p => p.Person == user.Person).Select(Info)]);

    public Task<string> GetUserIdAsync(PasskeyPerson user, CancellationToken cancellationToken) => Task.FromResult(user.Handle);

    public Task<string?> GetUserNameAsync(PasskeyPerson user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Person.ToString());

    /// <summary>Whose passkey it is, in whatever organization: at enrolment, so that no id is given twice.</summary>
    public Task<PasskeyPerson?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        var owner = registry.Current.Organizations.Values.Where(o => o.Passkeys.ContainsKey(id)).Select(o => (o.Id, Person: o.People[o.Passkeys[id].Person])).FirstOrDefault();
        return Task.FromResult(owner.Person is null ? null : new PasskeyPerson(owner.Person.Handle!, owner.Id, owner.Person.Id));
    }

    public Task AddOrUpdatePasskeyAsync(PasskeyPerson user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Unused();

    public Task RemovePasskeyAsync(PasskeyPerson user, byte[] credentialId, CancellationToken cancellationToken) => throw Unused();

    public Task SetUserNameAsync(PasskeyPerson user, string? userName, CancellationToken cancellationToken) => throw Unused();

    public Task<string?> GetNormalizedUserNameAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw Unused();

    public Task SetNormalizedUserNameAsync(PasskeyPerson user, string? normalizedName, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> CreateAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> UpdateAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw Unused();

    public Task<IdentityResult> DeleteAsync(PasskeyPerson user, CancellationToken cancellationToken) => throw Unused();

    public Task<PasskeyPerson?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw Unused();

    public void Dispose()
    {
        // Holds nothing.
    }

    private static UserPasskeyInfo Info(Passkey passkey) => new(
        Base64Url.DecodeFromChars(passkey.Id), Base64Url.DecodeFromChars(passkey.PublicKey), passkey.RegisteredAt, 0, [.. passkey.Transports],
        isUserVerified: true, passkey.BackupEligible, isBackedUp: false, [], []);

    private static NotSupportedException Unused() => new("people and passkeys change by control actions alone");
}
