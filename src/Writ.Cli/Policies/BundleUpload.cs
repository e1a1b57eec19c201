using System.Text.Json.Nodes;
using Writ.Governance.Policies;

namespace Writ.Cli.Policies;

/// <summary>A bundle as <c>POST /v1/bundles</c> takes it.</summary>
internal static class BundleUpload
{
    /// <summary>The archive's own canonical form has the members the API has.</summary>
    public static JsonNode Of(BundleArchive archive) => JsonNode.Parse(archive.ToBytes())!;

    /// <summary>The same, with its signature, what its publisher accepts and why owners of agents are not waited for.</summary>
    public static JsonNode Of(BundleReading.Read bundle, int? acceptDenials, string? @override)
    {
        var body = Of(bundle.Archive);
        if (bundle.Signature is { } signature)
            body["signature"] = JsonNode.Parse(signature.ToText());
        if (acceptDenials is { } number)
            body["accept_denials"] = number;
        if (@override is not null)
            body["override"] = @override;
        return body;
    }
}
