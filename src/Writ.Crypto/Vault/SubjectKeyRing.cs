using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Writ.Crypto.Hashing;
using Writ.Crypto.Keys;
using Writ.Crypto.Sealing;

namespace Writ.Crypto.Vault;

/// <summary>
/// Seals payloads under a key of the subject they are about, so that destroying one key erases that subject's payloads everywhere
/// they were copied to. Subject keys are wrapped by their organization's key, those by the vault master key (AES-KWP), in a key
/// store of its own beside the payloads. Thread safe.
/// </summary>
/// <remarks>
/// A key is durable before anything is sealed under it. After a failed write the ring is fenced: what has a key can still be sealed
/// and opened, but no key is made or destroyed. The store names no subject. A subject whose key was destroyed gets a new key when
/// something new is sealed; what was sealed before stays erased. Restoring an old key store brings destroyed keys back: replay the
/// erasures made since.
/// </remarks>
public sealed class SubjectKeyRing : IDisposable
{
    /// <summary>How many unwrapped subject keys are kept by default.</summary>
    public const int DefaultCapacity = 4096;

    private readonly Lock _gate = new(); // every change of the store
    private readonly ConcurrentDictionary<Hash256, OrganizationKeys> _organizations = new();
    private readonly ConcurrentDictionary<string, OrganizationKeys> _named = new(StringComparer.Ordinal); // those that were sealed for, by name
    private readonly ConcurrentDictionary<Guid, SubjectKey> _subjects = new(); // every subject key in force
    private readonly ConcurrentDictionary<Guid, KeyFrame> _erased = new();
    private readonly KeyCache _cache;
    private readonly KeyWrap _master;
    private readonly StoreFence _fence = new();
    private KeyStore _store = null!;

    private SubjectKeyRing(KeyWrap master, int capacity)
    {
        _master = master;
        _cache = new KeyCache(capacity);
    }

    /// <summary>
    /// Opens the vault's keys at a start. With neither file, makes both; with one of them missing, refuses: a new key over an
    /// existing store, or a new store under an existing key, would pass the loss off as a beginning.
    /// </summary>
    public static bool TryStart(
        string storePath, string masterKeyPath, [NotNullWhen(true)] out SubjectKeyRing? ring, [NotNullWhen(false)] out VaultFault? fault)
    {
        ring = null;
        var isNew = !File.Exists(storePath);
        if (!SecretKey.TryReadFile(masterKeyPath, KeyPurpose.VaultMasterKey, out var master, out var unread))
        {
            if (!isNew || unread.Kind != KeyFileFaultKind.Missing
                || !SecretKey.TryCreateFile(masterKeyPath, KeyPurpose.VaultMasterKey, out master, out unread))
            {
                fault = new VaultFault(VaultFaultKind.MasterKeyUnavailable, storePath, unread.Message);
                return false;
            }

            using (master)
                return TryCreate(storePath, master, out ring, out fault);
        }

        using (master)
            return TryOpen(storePath, master, out ring, out fault);
    }

    /// <summary>Makes a new key store and opens it; refuses where there is one.</summary>
    /// <exception cref="ArgumentException">The key is no vault master key.</exception>
    public static bool TryCreate(
        string storePath, SecretKey master, [NotNullWhen(true)] out SubjectKeyRing? ring, [NotNullWhen(false)] out VaultFault? fault, int capacity = DefaultCapacity)
    {
        ring = null;
        var macKey = Derive(master, "writ vault master key 1: authenticate store"u8);
        fault = KeyStore.Create(storePath, macKey);
        CryptographicOperations.ZeroMemory(macKey);
        return fault is null && TryOpen(storePath, master, out ring, out fault, capacity);
    }

    /// <summary>Opens an existing key store; refuses where there is none.</summary>
    /// <param name="storePath">The key store's file.</param>
    /// <param name="master">The vault master key; may be disposed afterwards.</param>
    /// <param name="ring">The ring, which holds the file until it is disposed.</param>
    /// <param name="fault">Why there is none.</param>
    /// <param name="capacity">How many unwrapped subject keys are kept at most.</param>
    /// <exception cref="ArgumentException">The key is no vault master key.</exception>
    public static bool TryOpen(
        string storePath, SecretKey master, [NotNullWhen(true)] out SubjectKeyRing? ring, [NotNullWhen(false)] out VaultFault? fault, int capacity = DefaultCapacity)
    {
        var wrapping = Derive(master, "writ vault master key 1: wrap organizations"u8);
        var opened = new SubjectKeyRing(new KeyWrap(wrapping), capacity);
        CryptographicOperations.ZeroMemory(wrapping);
        var macKey = Derive(master, "writ vault master key 1: authenticate store"u8);
        if (KeyStore.TryOpen(storePath, macKey, opened.Apply, out var store, out fault))
        {
            opened._store = store;
            ring = opened;
            return true;
        }

        opened.DisposeKeys();
        ring = null;
        return false;
    }

    /// <summary>How many bytes a payload of this length has once it is sealed.</summary>
    public static int SealedLength(int payload) => payload + PayloadEnvelope.Overhead;

    /// <summary>Seals a payload under its subject's key, making one (with one flush) when the subject has none.</summary>
    /// <param name="organization">Whose payload it is; another organization cannot open it.</param>
    /// <param name="subject">Whom it is about: the user acted for, else the agent.</param>
    /// <param name="payload">The payload; may be empty.</param>
    /// <param name="associatedData">What it is bound to, for instance the id of its record; opening needs the same bytes.</param>
    /// <param name="sealed">Ciphertext and commitment.</param>
    /// <param name="fault">Why nothing was sealed.</param>
    public bool TrySeal(
        string organization, string subject, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> associatedData,
        [NotNullWhen(true)] out SealedPayload? @sealed, [NotNullWhen(false)] out VaultFault? fault)
    {
        var box = new byte[SealedLength(payload.Length)];
        @sealed = TrySeal(organization, subject, payload, associatedData, box, out var seal, out fault) ? new SealedPayload(box, seal.Commitment) : null;
        return @sealed is not null;
    }

    /// <summary>
    /// The same into memory of the caller's, exactly <see cref="SealedLength"/> bytes; allocates nothing for a subject that was sealed for
    /// lately. Guarded by the bench <c>ledger</c>.
    /// </summary>
    public bool TrySeal(
        string organization, string subject, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> associatedData, Span<byte> destination,
        out PayloadSeal seal, [NotNullWhen(false)] out VaultFault? fault)
    {
        while (true)
        {
            seal = default;
            if (!TryKeyOf(organization, subject, out var owner, out fault))
                return false;
            try
            {
                if (!TryUnwrap(owner, out var key))
                {
                    fault = new VaultFault(VaultFaultKind.Corrupt, _store.Path, "a wrapped key does not open");
                    return false;
                }

                seal = new PayloadSeal(owner.Id, PayloadEnvelope.Seal(key, owner, payload, associatedData, destination));
                return true;
            }
            catch (ObjectDisposedException) when (owner.IsDestroyed)
            {
                // Destroyed between look-up and use: the payload is about a subject that begins anew.
            }
        }
    }

    /// <summary>Seals a payload under a key that there is already; false when it was destroyed, or is another organization's.</summary>
    /// <param name="organization">Whose payload it is.</param>
    /// <param name="keyId">The key, as an earlier payload of the same subject names it.</param>
    /// <param name="payload">The payload; may be empty.</param>
    /// <param name="associatedData">What it is bound to; opening needs the same bytes.</param>
    /// <param name="sealed">Ciphertext and commitment.</param>
    /// <param name="fault">Why nothing was sealed.</param>
    public bool TrySeal(
        string organization, Guid keyId, ReadOnlySpan<byte> payload, ReadOnlySpan<byte> associatedData,
        [NotNullWhen(true)] out SealedPayload? @sealed, [NotNullWhen(false)] out VaultFault? fault)
    {
        (@sealed, fault) = (null, null);
        try
        {
            if (_subjects.TryGetValue(keyId, out var owner) && owner.Frame.Organization == IdOf(organization) && TryUnwrap(owner, out var key))
            {
                var box = new byte[SealedLength(payload.Length)];
                @sealed = new SealedPayload(box, PayloadEnvelope.Seal(key, owner, payload, associatedData, box));
                return true;
            }
        }
        catch (ObjectDisposedException) when (!_subjects.ContainsKey(keyId))
        {
            // Destroyed between look-up and use.
        }

        fault = new VaultFault(VaultFaultKind.KeyGone, _store.Path, keyId.ToString());
        return false;
    }

    /// <summary>The key that a subject's payloads are sealed under now; null when it has none, or none any more.</summary>
    public Guid? KeyOf(string organization, string subject) =>
        _organizations.TryGetValue(IdOf(organization), out var keys) && keys.Subjects.TryGetValue(keys.TagOf(subject), out var key) ? key.Id : null;

    /// <summary>Opens a sealed payload of an organization, bound to the same associated data.</summary>
    public OpenResult Open(string organization, ReadOnlySpan<byte> @sealed, ReadOnlySpan<byte> associatedData)
    {
        if (!PayloadEnvelope.TryKeyId(@sealed, out var keyId))
            return new OpenResult.Tampered();
        if (!_subjects.TryGetValue(keyId, out var owner))
            return Absent(organization, keyId);
        if (owner.Frame.Organization != IdOf(organization))
            return new OpenResult.UnknownKey();
        try
        {
            return TryUnwrap(owner, out var key) ? PayloadEnvelope.Open(key, owner, @sealed, associatedData) : new OpenResult.UnknownKey();
        }
        catch (ObjectDisposedException) when (!_subjects.ContainsKey(keyId))
        {
            return Absent(organization, keyId);
        }
    }

    /// <summary>
    /// Destroys a subject's key: at once in memory, then on disk by a new file without it. When this returns true, everything
    /// sealed for the subject so far reads <see cref="OpenResult.Erased"/> for good. Doing it again is harmless.
    /// </summary>
    /// <param name="organization">Whose subject it is.</param>
    /// <param name="subject">Whom to forget.</param>
    /// <param name="destroyed">False when the subject had no key.</param>
    /// <param name="fault">Why the key may still be on disk; then destroy it again once the cause is cured.</param>
    public bool TryDestroy(string organization, string subject, out bool destroyed, [NotNullWhen(false)] out VaultFault? fault)
    {
        lock (_gate)
        {
            destroyed = false;
            if (_organizations.TryGetValue(IdOf(organization), out var keys) && keys.Subjects.TryGetValue(keys.TagOf(subject), out var key))
            {
                destroyed = true;
                Forget_NeedsLock(key);
            }

            fault = destroyed || _fence.IsUp ? _fence.Write(_store, () => _store.Rewrite(Everything())) : null;
            return fault is null;
        }
    }

    /// <summary>
    /// Destroys a key by its id, as <see cref="TryDestroy(string, string, out bool, out VaultFault)"/> does by its subject. Doing it again
    /// is harmless: that is how erasures are replayed over a key store that was restored.
    /// </summary>
    /// <param name="organization">Whose key it is; another organization's is left alone.</param>
    /// <param name="keyId">The key.</param>
    /// <param name="destroyed">False when there was no such key.</param>
    /// <param name="fault">Why the key may still be on disk; then destroy it again once the cause is cured.</param>
    public bool TryDestroy(string organization, Guid keyId, out bool destroyed, [NotNullWhen(false)] out VaultFault? fault)
    {
        lock (_gate)
        {
            var owner = IdOf(organization);
            var known = _subjects.TryGetValue(keyId, out var key);
            destroyed = known && key!.Frame.Organization == owner;
            if (destroyed)
                Forget_NeedsLock(key!);
            var erased = new KeyFrame(KeyFrameKind.Erased, keyId, owner, default, default);
            fault = destroyed || _fence.IsUp ? _fence.Write(_store, () => _store.Rewrite(Everything()))
                // A store from before the key was made: what was sealed under it reads erased all the same.
                : !known && _erased.TryAdd(keyId, erased) ? _fence.Write(_store, () => _store.Append(erased))
                : null;
            return fault is null;
        }
    }

    /// <summary>Wipes the keys in memory and lets go of the file.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _store.Dispose();
            DisposeKeys();
        }
    }

    private static byte[] Derive(SecretKey master, ReadOnlySpan<byte> purpose)
    {
        if (master.Purpose != KeyPurpose.VaultMasterKey)
            throw new ArgumentException($"a vault master key is needed, not a {master}", nameof(master));
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, master.Bytes, key, [], purpose);
        return key;
    }

    private static Hash256 IdOf(ReadOnlySpan<char> organization) => Hash256.Of(MemoryMarshal.AsBytes(organization));

    private OpenResult Absent(string organization, Guid keyId) =>
        _erased.TryGetValue(keyId, out var erased) && erased.Organization == IdOf(organization)
            ? new OpenResult.Erased()
            : new OpenResult.UnknownKey();

    private bool TryKeyOf(string organization, string subject, [NotNullWhen(true)] out SubjectKey? key, [NotNullWhen(false)] out VaultFault? fault)
    {
        fault = null;
        if (_named.TryGetValue(organization, out var keys) && keys.Known.TryFind(subject, out key))
            return true;
        if (!TryFindOrMake(organization, subject, out key, out fault))
            return false;
        _named[organization] = key.Owner;
        key.Owner.Known.Remember(subject, key);
        return true;
    }

    private bool TryFindOrMake(string organization, string subject, [NotNullWhen(true)] out SubjectKey? key, [NotNullWhen(false)] out VaultFault? fault)
    {
        var id = IdOf(organization);
        fault = null;
        if (_organizations.TryGetValue(id, out var keys) && keys.Subjects.TryGetValue(keys.TagOf(subject), out key))
            return true;
        lock (_gate)
        {
            key = null;
            if (keys is null && !_organizations.TryGetValue(id, out keys))
            {
                fault = Make_NeedsLock(new KeyFrame(KeyFrameKind.Organization, Guid.NewGuid(), id, default, default), _master);
                if (fault is not null)
                    return false;
                keys = _organizations[id];
            }

            var tag = keys.TagOf(subject);
            if (keys.Subjects.TryGetValue(tag, out key))
                return true;
            fault = Make_NeedsLock(new KeyFrame(KeyFrameKind.Subject, Guid.NewGuid(), id, tag, default), keys.Wrap);
            if (fault is not null)
                return false;
            key = keys.Subjects[tag];
            return true;
        }
    }

    private VaultFault? Make_NeedsLock(KeyFrame bare, KeyWrap wrap)
    {
        Span<byte> key = stackalloc byte[SealingKey.KeyLength];
        RandomNumberGenerator.Fill(key);
        var wrapped = new byte[KeyWrap.WrappedKeyLength];
        wrap.Wrap(key, wrapped);
        CryptographicOperations.ZeroMemory(key);
        var frame = bare with { Wrapped = wrapped };
        var fault = _fence.Write(_store, () => _store.Append(frame));
        if (fault is null)
            Apply(frame);
        return fault;
    }

    private IEnumerable<KeyFrame> Everything() =>
        [.. _organizations.Values.Select(o => o.Frame), .. _organizations.Values.SelectMany(o => o.Subjects.Values.Select(s => s.Frame)), .. _erased.Values];

    // Takes in a frame that is on disk; false when it contradicts what is known.
    private bool Apply(KeyFrame frame)
    {
        switch (frame.Kind)
        {
            case KeyFrameKind.Organization:
                Span<byte> key = stackalloc byte[KeyWrap.KeyLength];
                if (_organizations.ContainsKey(frame.Organization) || !_master.TryUnwrap(frame.Wrapped.Span, key))
                    return false;
                _organizations[frame.Organization] = new OrganizationKeys(frame.Organization, frame.KeyId, frame.Wrapped, key);
                CryptographicOperations.ZeroMemory(key);
                return true;
            case KeyFrameKind.Subject:
                if (!_organizations.TryGetValue(frame.Organization, out var owner) || _erased.ContainsKey(frame.KeyId))
                    return false;
                var subject = new SubjectKey(frame, owner);
                return _subjects.TryAdd(frame.KeyId, subject) && owner.Subjects.TryAdd(frame.Tag, subject);
            case KeyFrameKind.Erased:
                return !_subjects.ContainsKey(frame.KeyId) && _erased.TryAdd(frame.KeyId, frame);
            default:
                return false;
        }
    }

    private void Forget_NeedsLock(SubjectKey key)
    {
        key.MarkDestroyed();
        key.Owner.Subjects.TryRemove(key.Frame.Tag, out _);
        _erased[key.Id] = new KeyFrame(KeyFrameKind.Erased, key.Id, key.Owner.Id, default, default);
        _subjects.TryRemove(key.Id, out _);
        key.Owner.Known.Forget(key);
        _cache.Destroy(key.Id);
    }

    private bool TryUnwrap(SubjectKey owner, [NotNullWhen(true)] out SealingKey? key)
    {
        key = _cache.Find(owner.Id);
        if (key is not null)
            return true;
        Span<byte> bytes = stackalloc byte[SealingKey.KeyLength];
        if (!owner.Owner.Wrap.TryUnwrap(owner.Frame.Wrapped.Span, bytes))
            return false;
        key = _cache.Keep(owner.Id, new SealingKey(bytes));
        CryptographicOperations.ZeroMemory(bytes);
        // Destroyed in the meantime: the cache must not bring it back.
        if (!_subjects.ContainsKey(owner.Id))
            _cache.Destroy(owner.Id);
        return true;
    }

    private void DisposeKeys()
    {
        _cache.Clear();
        _master.Dispose();
        foreach (var organization in _organizations.Values)
            organization.Dispose();
    }
}
