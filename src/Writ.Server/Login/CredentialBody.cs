using System.Text.Json;

namespace Writ.Server.Login;

/// <summary>An authenticator's answer.</summary>
/// <param name="Id">The name under which it was asked.</param>
/// <param name="Credential">What <c>navigator.credentials</c> gave, binary members in base64url.</param>
/// <param name="Label">At enrolment, what its owner calls the passkey.</param>
internal sealed record CredentialBody(string Id, JsonElement Credential, string? Label = null);
