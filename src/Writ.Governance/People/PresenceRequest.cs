using Writ.Crypto.Hashing;
using Writ.Crypto.Json;
using Writ.Governance.Organizations;
using Writ.Governance.Records;

namespace Writ.Governance.People;

/// <summary>What a request is called that a person's passkey signs for: who asks for what, to the byte.</summary>
public static class PresenceRequest
{
    /// <summary>SHA-256 over the canonical form (RFC 8785) of an object with the members below.</summary>
    /// <param name="organization">Where.</param>
    /// <param name="person">Who asks.</param>
    /// <param name="method">The HTTP method.</param>
    /// <param name="target">Path and query, exactly as sent.</param>
    /// <param name="body">The SHA-256 of the body's bytes.</param>
    public static Hash256 Digest(OrganizationId organization, PersonId person, string method, string target, Hash256 body)
    {
        using var writer = new JcsWriter();
        writer.BeginObject();
        writer.Member("body"u8, body);
        writer.Member("method"u8, method);
        writer.Member("organization"u8, organization.ToString());
        writer.Member("person"u8, person.ToString());
        writer.Member("target"u8, target);
        writer.EndObject();
        return Hash256.Of(writer.Written);
    }
}
