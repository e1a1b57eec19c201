using System.Collections.Immutable;

namespace Writ.Governance.Policies.Signing;

/// <summary>The keys of an organization, and whether a bundle has to be signed with one. Immutable.</summary>
public sealed record PublisherKeys
{
    /// <summary>The most keys of an organization, those that were revoked among them.</summary>
    public const int MaxKeys = 256;

    public static PublisherKeys None { get; } = new();

    public ImmutableSortedDictionary<string, PublisherKey> ById { get; init; } = ImmutableSortedDictionary.Create<string, PublisherKey>(StringComparer.Ordinal);

    /// <summary>Whether a bundle without a signature is refused.</summary>
    public bool Required { get; init; }

    /// <summary>What is wrong with a signature, or with there being none; null when nothing is. One that is there is always checked.</summary>
    /// <param name="digest">The bundle.</param>
    /// <param name="signature">Its signature; null where there is none.</param>
    public string? Obstacle(string digest, BundleSignature? signature)
    {
        if (signature is null)
            return Required ? "is missing: this organization publishes only what is signed (`writ policy sign`)" : null;
        if (!ById.TryGetValue(signature.Key, out var key))
            return $"is of key '{signature.Key}', which is not registered here";
        if (key.Revoked)
            return $"is of key '{key.Id}', which was revoked";
        return PublisherKey.TryRead(key.PublicKey, out var verifier) && signature.IsOf(digest, verifier)
            ? null
            : "is not of these files: they were changed after they were signed";
    }

    internal PublisherKeys Register(string id, string publicKey, string label) =>
        !PublisherKey.TryRead(publicKey, out var key) || PublisherKey.IdOf(key) != id ? throw new InvalidDataException($"'{id}' is not the id of its key")
        : ById.ContainsKey(id) ? throw new InvalidDataException($"key {id} was registered before")
        : ById.Count >= MaxKeys ? throw new InvalidDataException($"an organization has at most {MaxKeys} keys")
        : this with { ById = ById.Add(id, new PublisherKey(id, publicKey, label)) };

    internal PublisherKeys Revoke(string id) =>
        ById.TryGetValue(id, out var key) ? this with { ById = ById.SetItem(id, key with { Revoked = true }) } : throw new InvalidDataException($"key {id} was never registered");
}
