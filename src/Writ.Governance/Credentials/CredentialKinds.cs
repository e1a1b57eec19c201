namespace Writ.Governance.Credentials;

/// <summary>What kinds of credentials have in common.</summary>
internal static class CredentialKinds
{
    /// <summary>Whether it is a DID, whose keys sign requests themselves.</summary>
    public static bool IsDid(this CredentialKind kind) => kind is CredentialKind.DidKey or CredentialKind.DidWeb;
}
