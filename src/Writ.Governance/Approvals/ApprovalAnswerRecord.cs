using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.People;
using Writ.Governance.Records;

namespace Writ.Governance.Approvals;

/// <summary>The leaf a person's answer leaves: who, what, and how they proved to be there.</summary>
internal readonly struct ApprovalAnswerRecord
{
    /// <summary>The format written today. Since 2, it says whom the evidence is about and what was shown; since 3, what a passkey signed.</summary>
    public const int Format = 3;

    public required Guid Id { get; init; }

    public required ApprovalRequest Request { get; init; }

    public required PersonId Person { get; init; }

    public required Presence Presence { get; init; }

    /// <summary>What the person's authenticator signed for this answer; null unless they were there by passkey.</summary>
    public required PasskeyProof? Proof { get; init; }

    public required bool Solo { get; init; }

    public required bool Approve { get; init; }

    /// <summary>Where the request stands with this answer: people's capabilities may change, what they made of it then does not.</summary>
    public required ApprovalState Result { get; init; }

    /// <summary>Commits to the evidence that lies sealed beside the record; null where none was attached.</summary>
    public required SealedRecord? Evidence { get; init; }

    /// <summary>The digest of what the person was shown; null where they answered unseen.</summary>
    public required Hash256? Shown { get; init; }

    public required DateTimeOffset At { get; init; }

    public void WriteTo(JcsWriter writer)
    {
        writer.BeginObject();
        writer.Member("answer"u8, Approve ? "approved" : "rejected");
        writer.Member("approval"u8, Request.Id.Value);
        writer.Member("at"u8, Timestamp.ToMicroseconds(At));
        writer.Member("binding"u8, Request.Binding);
        writer.Member("decision"u8, Request.Decision.Value);
        if (Evidence is { } evidence)
            writer.Member("evidence"u8, evidence.Commitment.Hash);
        writer.Member("id"u8, Id);
        writer.Member("kind"u8, "approval");
        writer.Member("organization"u8, Request.Organization.ToString());
        writer.Member("person"u8, Person.ToString());
        writer.Member("presence"u8, Presence.Word());
        if (Proof is { } proof)
            Write(writer, proof);
        writer.Member("result"u8, Result.Word());
        if (Shown is { } shown)
            writer.Member("shown"u8, shown);
        writer.Member("solo"u8, Solo);
        if (Evidence is { } about)
            writer.Member("subject"u8, about.Subject.Word);
        writer.Member("v"u8, Format);
        writer.EndObject();
    }

    private static void Write(JcsWriter writer, PasskeyProof proof)
    {
        writer.Key("proof"u8);
        writer.BeginObject();
        writer.Member("authenticator_data"u8, proof.AuthenticatorData);
        writer.Member("client_data"u8, proof.ClientData);
        writer.Member("nonce"u8, proof.Nonce);
        writer.Member("passkey"u8, proof.Passkey);
        writer.Member("request"u8, proof.Request);
        writer.Member("sign_count"u8, proof.SignCount);
        writer.Member("signature"u8, proof.Signature);
        writer.EndObject();
    }
}
