using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Writ.Identity.Dids;

/// <summary>
/// What a DID's subject says of its keys (DID Core): those of its own by which it may authenticate, and no others. Immutable and thread safe.
/// </summary>
public sealed class DidDocument
{
    /// <summary>The longest document, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most keys in a document, and the most that may authenticate.</summary>
    public const int MaxMethods = 32;

    private DidDocument(Did id, ImmutableArray<DidVerificationMethod> authentication) => (Id, Authentication) = (id, authentication);

    /// <summary>Whose document it is.</summary>
    public Did Id { get; }

    /// <summary>The keys of the purpose <c>authentication</c>, at least one, in the document's order.</summary>
    public ImmutableArray<DidVerificationMethod> Authentication { get; }

    /// <summary>The document that a <c>did:key</c> is by itself; null where its key verifies nothing here.</summary>
    /// <exception cref="ArgumentException">The DID is of another method.</exception>
    public static DidDocument? Of(Did did)
    {
        ArgumentNullException.ThrowIfNull(did);
        var key = did.Key ?? throw new ArgumentException("only a did:key is a document by itself", nameof(did));
        return key.Key is null ? null : new DidDocument(did, [new DidVerificationMethod($"{did}#{key}", key.Key)]);
    }

    /// <summary>
    /// Reads the document of a DID, which has to say that it is that one's. Methods of other types, and those that another controls, are
    /// passed over; a key that is broken or private is a fault of the whole.
    /// </summary>
    /// <param name="json">The document, UTF-8.</param>
    /// <param name="did">Whose it has to be.</param>
    /// <param name="document">The document; null where it is refused.</param>
    /// <param name="obstacle">Why it is refused; empty where it is not.</param>
    public static bool TryRead(ReadOnlyMemory<byte> json, Did did, [NotNullWhen(true)] out DidDocument? document, out string obstacle)
    {
        ArgumentNullException.ThrowIfNull(did);
        document = null;
        if (json.Length > MaxBytes)
        {
            obstacle = $"a DID document has at most {MaxBytes} bytes";
            return false;
        }

        try
        {
            document = new DidDocument(did, DidDocumentReader.Read(json, did));
            obstacle = "";
            return true;
        }
        catch (Exception unfit) when (unfit is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or InvalidDataException)
        {
            // A parser quotes what it was given; what this one says itself is safe to show.
            obstacle = unfit is InvalidDataException ? unfit.Message : "no JSON object of a DID document's form";
            return false;
        }
    }
}
