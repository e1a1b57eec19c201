namespace Writ.Crypto.Vault;

/// <summary>One subject's key as it is stored, and whose it is. Immutable.</summary>
internal sealed record SubjectKey(KeyFrame Frame, OrganizationKeys Owner)
{
    public Guid Id => Frame.KeyId;
}
