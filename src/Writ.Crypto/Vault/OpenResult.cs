namespace Writ.Crypto.Vault;

/// <summary>What became of a sealed payload: one of the nested cases. Immutable.</summary>
public abstract record OpenResult
{
    private OpenResult()
    {
    }

    /// <summary>It opened.</summary>
    /// <param name="Payload">What was sealed.</param>
    /// <param name="Salt">The salt under which its commitment was made.</param>
    public sealed record Opened(ReadOnlyMemory<byte> Payload, ReadOnlyMemory<byte> Salt) : OpenResult;

    /// <summary>Its key was destroyed on purpose; nobody can open it any more.</summary>
    public sealed record Erased : OpenResult;

    /// <summary>This organization has no such key and never destroyed one: another vault's, another organization's, or a lost key.</summary>
    public sealed record UnknownKey : OpenResult;

    /// <summary>Not a sealed payload, changed since, or sealed with other associated data.</summary>
    public sealed record Tampered : OpenResult;
}
