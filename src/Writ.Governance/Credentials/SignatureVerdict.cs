using Writ.Governance.Decisions;
using Writ.Governance.Organizations;
using Writ.Identity.HttpSignatures;

namespace Writ.Governance.Credentials;

/// <summary>What became of the signature that a request bears for Writ.</summary>
public abstract record SignatureVerdict
{
    private SignatureVerdict()
    {
    }

    /// <summary>A key of a credential signed this request, now and for the first time.</summary>
    /// <param name="Organization">Whose the credential is.</param>
    /// <param name="Credential">The credential's id. Whether it is in force is asked again where it is used.</param>
    /// <param name="Content">The digest that the content has to meet; null where there is none.</param>
    public sealed record Proved(OrganizationId Organization, string Credential, ContentDigest? Content) : SignatureVerdict;

    /// <summary>It was refused, and then nothing else that the request brings counts.</summary>
    /// <param name="Fault">Why.</param>
    /// <param name="Organization">Whose credential it names; null where it names none.</param>
    /// <param name="Credential">The credential that it names; null where it names none.</param>
    public sealed record Refused(SignatureFault Fault, OrganizationId? Organization = null, string? Credential = null) : SignatureVerdict
    {
        /// <summary>The code for the caller.</summary>
        public ReasonCode Reason => Fault switch
        {
            SignatureFault.Replayed => ReasonCodes.SignatureReplayed,
            SignatureFault.WrongDigest => ReasonCodes.ContentNotSigned,
            SignatureFault.NoDocument => ReasonCodes.DidUnavailable,
            _ => ReasonCodes.SignatureRefused,
        };

        /// <summary>What the caller may know: all that depends on the request alone. Of keys, not whether they are unknown, revoked or another's.</summary>
        public string Detail => Fault switch
        {
            SignatureFault.Malformed => "Signature-Input and Signature are not of the form of RFC 9421, or hold more than one signature with the tag \"writ\".",
            SignatureFault.UnknownComponent or SignatureFault.MissingComponent => "The signature covers a component that is not known here, or not in the request.",
            SignatureFault.NotCovered => "The signature has to cover @method, @target-uri (or @authority, @path and @query), content-digest where there is content, and of the headers that Writ reads each that is there.",
            SignatureFault.NotFresh => "The signature needs created and expires, at most 60 s apart, and counts from when this server started until it expires.",
            SignatureFault.NoNonce => "The signature needs a nonce of 16 to 128 characters.",
            _ => Reason.AgentMessage,
        };

        /// <summary>The word under which it is counted.</summary>
        public string Cause => Fault switch
        {
            SignatureFault.Replayed => "signature-replayed",
            SignatureFault.NoDocument => "did-unavailable",
            SignatureFault.NotFresh => "signature-stale",
            _ => "signature-refused",
        };
    }
}
