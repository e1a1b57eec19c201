namespace Writ.Crypto.Vault;

/// <summary>One subject's key as it is stored, and whose it is. Thread safe.</summary>
internal sealed class SubjectKey(KeyFrame frame, OrganizationKeys owner)
{
    private volatile bool _isDestroyed;

    public KeyFrame Frame { get; } = frame;

    public OrganizationKeys Owner { get; } = owner;

    public Guid Id => Frame.KeyId;

    /// <summary>Whether nothing may be sealed under it any more; once true, always.</summary>
    public bool IsDestroyed => _isDestroyed;

    public void MarkDestroyed() => _isDestroyed = true;
}
