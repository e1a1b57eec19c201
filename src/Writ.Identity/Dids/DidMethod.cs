namespace Writ.Identity.Dids;

/// <summary>The methods of decentralized identifiers that are known here.</summary>
public enum DidMethod
{
    /// <summary><c>did:key</c>: the identifier is the key.</summary>
    Key,

    /// <summary><c>did:web</c>: the identifier is the address of a document with the keys.</summary>
    Web,
}
