using System.Text.Json.Nodes;
using Writ.Governance.Policies;

namespace Writ.Cli.Policies;

/// <summary>A bundle as <c>POST /v1/bundles</c> takes it.</summary>
internal static class BundleUpload
{
    /// <summary>The archive's own canonical form has the members the API has.</summary>
    public static JsonNode Of(BundleArchive archive) => JsonNode.Parse(archive.ToBytes())!;
}
