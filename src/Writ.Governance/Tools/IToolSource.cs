using System.Text.Json;
using Writ.Governance.Organizations;

namespace Writ.Governance.Tools;

/// <summary>A port: where the tools of a registered server are read from. The gateways implement it. Thread safe.</summary>
public interface IToolSource
{
    /// <summary>Every tool definition the server shows now, or null and why it cannot be read, for people.</summary>
    ValueTask<(IReadOnlyList<JsonElement>? Definitions, string? Fault)> ListAsync(
        OrganizationId organization, Server server, CancellationToken cancellation);

    /// <summary>Ends connections made under an earlier registration of the server, so that the next call uses the present one.</summary>
    ValueTask ForgetAsync(OrganizationId organization, ServerSlug server);
}
